// The collector's side of JLP, just enough to check an example: start an agent, send commands, wait for messages.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** Every wait in a check ends after this. */
const PATIENCE_MS = 20_000;

/** Starts an agent and reads its lines; `config` is what `mimolo.toml` would hold for it. */
export function driveAgent(command, args, { config = {}, env = {}, cwd } = {}) {
  const child = spawn(command, args, {
    cwd,
    stdio: ["pipe", "pipe", "inherit"],
    // A process group of its own, as under a collector, so that leftovers can be found.
    detached: process.platform !== "win32",
    env: { PATH: process.env.PATH, HOME: process.env.HOME, MIMOLO_CONFIG: JSON.stringify(config), ...env },
  });
  const messages = [];
  const looks = new Set();
  let taken = 0;
  createInterface({ input: child.stdout }).on("line", (line) => {
    messages.push({ ...JSON.parse(line), receivedMs: Date.now() });
    for (const look of looks) look();
  });
  const ended = once(child, "exit").then(([code, signal]) => code ?? signal);
  return {
    pid: child.pid,
    messages,
    ended: () => inTime("the end of the agent", ended),
    send: (cmd, fields = {}) => void child.stdin.write(`${JSON.stringify({ cmd, ...fields })}\n`),
    accept: (fields = {}) => {
      const ack = { ack: "handshake", accepted: true, app_version: "0.4.0", protocol_version: "0.4" };
      child.stdin.write(`${JSON.stringify({ cmd: "ack", ...ack, params: { ...ack, config, ...fields } })}\n`);
    },
    hangUp: () => void child.stdin.end(),
    kill: (signal) => child.kill(signal),
    /** The next message of `type` after those already taken. */
    next(type) {
      const arrived = new Promise((resolve) => {
        const look = () => {
          const index = messages.findIndex((message, at) => at >= taken && message.type === type);
          if (index === -1) return;
          taken = index + 1;
          looks.delete(look);
          resolve(messages[index]);
        };
        looks.add(look);
        look();
      });
      return inTime(`the next ${type}`, arrived);
    },
  };
}

async function inTime(what, promise) {
  let timer;
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} did not come within ${PATIENCE_MS / 1000} s`)), PATIENCE_MS);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Processes of a group that are still there; Linux only, elsewhere none are seen. */
export async function groupOf(pid) {
  const { readdir, readFile } = await import("node:fs/promises");
  const found = [];
  for (const name of await readdir("/proc").catch(() => [])) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, "latin1").catch(() => "");
    const [state, , group] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (Number(group) === pid && state !== "Z") found.push(stat.split(" ", 2).join(" "));
  }
  return found;
}

// The real `mimolo` in a process of its own, and what is asked of it: over its socket while it runs, by its verbs after.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, readFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { childrenOf, MARK } from "./processes.mjs";

const bin = join(import.meta.dirname, "../../packages/control-cli/bin/mimolo.js");
const START_MS = 30_000;
const ANSWER_MS = 45_000;
const STOP_MS = 60_000;

/**
 * Starts it and resolves once it answers.
 * @param {object} place
 * @param {string} place.folder @param {string} place.mark @param {string} place.config
 * @param {string} [place.dataDir] default: `data` in the folder
 * @param {readonly string[]} [place.within] a command that runs it, for a collector that sees another disk
 * @param {string} [place.seenAt] where that disk's files are for us
 * @param {number} [place.port] where it listens on TCP; absent: it does not
 * @param {string} [place.program] another program than `mimolo run`, spoken to by messages
 */
export async function startCollector({ folder, mark, config, within = [], seenAt = "", port, program, ...place }) {
  const dataDir = place.dataDir ?? join(folder, "data");
  const env = environment(folder, mark);
  const tcp = port === undefined ? ["--no-dashboard"] : ["--port", String(port)];
  const own =
    program === undefined
      ? [bin, "run", "--dev", ...tcp, "--config", config, "--data-dir", dataDir]
      : [program, config, dataDir];
  const [executable = "", ...args] = [...within, process.execPath, ...own];
  const ipc = program === undefined ? [] : /** @type {const} */ (["ipc"]);
  const child = spawn(executable, args, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe", ...ipc] });
  const output = createWriteStream(join(folder, "collector.log"), { flags: "a" });
  child.stdout?.pipe(output, { end: false });
  child.stderr?.pipe(output, { end: false });
  const exited = once(child, "exit").then(([code, signal]) => ({ code, signal }));
  const pid = child.pid ?? 0;
  const untilMs = Date.now() + START_MS;
  let socket = "";
  while (socket === "") {
    if (child.exitCode !== null || child.signalCode !== null || Date.now() > untilMs) {
      child.kill("SIGKILL");
      throw new Error(`the collector did not start; see ${folder}/collector.log`);
    }
    await sleep(50);
    socket = await addressIn(dataDir, pid, seenAt);
  }
  const guardians = childrenOf(pid, "mimolo-guardian");
  return {
    pid,
    dataDir,
    guardians,
    exited,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    status: () => answerOf(socket, "GET", "/status"),
    /** @param {string} label @param {"restart" | "flush" | "stop" | "start"} action */
    agent: (label, action) => answerOf(socket, "POST", `/agents/${label}/${action}`),
    /** Ctrl-C, once; resolves with how it ended. */
    async stop() {
      const startedMs = Date.now();
      child.kill("SIGINT");
      const forced = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
      const ended = await exited;
      clearTimeout(forced);
      output.end();
      return { ...ended, tookMs: Date.now() - startedMs };
    },
    kill: () => child.kill("SIGKILL"),
    /** Asks a program that is spoken to by messages; its next message is the answer. @param {object} words @returns {Promise<any>} */
    async tell(words) {
      const answer = once(child, "message");
      child.send(words);
      return (await Promise.race([answer, exited.then(() => [{}])]))[0];
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof startCollector>>} Collector */

/** Runs a verb of the CLI to its end, handing each line of its output on. @param {string} folder @param {string[]} args
 *  @param {(line: string) => void} line @param {{dataDir?: string, within?: readonly string[]}} [place] as above */
export async function verb(folder, args, line, { dataDir = join(folder, "data"), within = [] } = {}) {
  const [executable = "", ...all] = [...within, process.execPath, bin, ...args, "--json", "--data-dir", dataDir];
  const child = spawn(executable, all, {
    cwd: folder,
    env: environment(folder),
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  for await (const text of createInterface({ input: child.stdout })) line(text);
  const [code] = await ended;
  return code;
}

/** @param {string} folder @param {string} [mark] */
function environment(folder, mark) {
  const own = {
    PATH: process.env.PATH,
    HOME: folder,
    XDG_CONFIG_HOME: folder,
    XDG_RUNTIME_DIR: folder,
    LANG: "C.UTF-8",
  };
  return mark === undefined ? own : { ...own, [MARK]: mark };
}

/** The socket once this very process answers on it, else "". @param {string} dataDir @param {number} pid @param {string} seenAt */
async function addressIn(dataDir, pid, seenAt) {
  try {
    const address = JSON.parse(readFileSync(join(seenAt + dataDir, "control/address.json"), "utf8"));
    if (address.pid !== pid) return "";
    const socket = seenAt + address.socket;
    await answerOf(socket, "GET", "/status");
    return socket;
  } catch {
    return "";
  }
}

/** What is answered; rejects for a problem. @param {string} socketPath @param {string} method @param {string} path
 *  @returns {Promise<any>} */
async function answerOf(socketPath, method, path) {
  const { status, body } = await ask(socketPath, method, path);
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(body)}`);
  return body;
}

/** One request over the socket. @param {string} socketPath @param {string} method @param {string} path @param {object} [body]
 *  @returns {Promise<{status: number, body: any}>} */
export function ask(socketPath, method, path, body = {}) {
  return new Promise((resolve, reject) => {
    const headers = { host: "localhost", ...(method === "POST" ? { "content-type": "application/json" } : {}) };
    const options = { socketPath, method, path: `/api/v1${path}`, headers, agent: false, timeout: ANSWER_MS };
    const sent = request(options, (response) => {
      const parts = /** @type {Buffer[]} */ ([]);
      response.on("data", (part) => parts.push(part));
      response.on("error", reject);
      response.on("end", () => {
        const text = Buffer.concat(parts).toString();
        resolve({ status: response.statusCode ?? 500, body: text === "" ? null : JSON.parse(text) });
      });
    });
    sent.on("timeout", () => sent.destroy(new Error(`${method} ${path}: no answer within ${ANSWER_MS / 1000} s`)));
    sent.on("error", reject);
    sent.end(method === "POST" ? JSON.stringify(body) : undefined);
  });
}

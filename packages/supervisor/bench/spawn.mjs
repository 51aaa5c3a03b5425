// CPU of the parent to bring up many trivial agents: supervised (gate, guardian, run file, handshake, ack) against a bare
// `spawn` in a loop that only reads their first line. Needs the build: `pnpm exec turbo run bundle --filter=@mimolo/supervisor`.
// usage: node bench/spawn.mjs [agents=1000] [rounds=7]
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openRunFile, SpawnGate, startGuardian, SupervisedAgent, systemClock } from "@mimolo/supervisor";

const HANDSHAKE =
  '{"type":"handshake","protocol_version":"0.4","agent_version":"1.0.0","timestamp":"2026-01-01T00:00Z"}';
const ACK = `${JSON.stringify({ cmd: "ack", params: { ack: "handshake", accepted: true, app_version: "0.4.0" } })}\n`;
const command = {
  executable: "/bin/sh",
  args: ["-c", `echo '${HANDSHAKE}'; while read -r line; do :; done`],
  cwd: "/",
  environment: { PATH: "/usr/bin:/bin" },
};

const loops = {
  /** The least one can do: eight starting at a time, the first line read, then SIGKILL to the group. */
  bare(count) {
    return new Promise((resolve) => {
      const children = [];
      let up = 0;
      const next = () => {
        if (children.length === count) return;
        const { executable, args, cwd, environment: env } = command;
        const child = spawn(executable, args, { cwd, env, detached: true, stdio: ["pipe", "pipe", "pipe"] });
        children.push(child);
        child.stdout.once("data", () => {
          next();
          if (++up === count) resolve(() => children.forEach(({ pid }) => process.kill(-pid, "SIGKILL")));
        });
      };
      for (let i = 0; i < 8; i++) next();
    });
  },
  /** The same, and answering as the protocol wants it: the handshake parsed, stderr read, an ack written. */
  answered(count) {
    return new Promise((resolve) => {
      const children = [];
      let up = 0;
      const next = () => {
        if (children.length === count) return;
        const { executable, args, cwd, environment: env } = command;
        const child = spawn(executable, args, { cwd, env, detached: true, stdio: ["pipe", "pipe", "pipe"] });
        children.push(child);
        child.stderr.on("data", () => undefined);
        child.stdout.once("data", (line) => {
          JSON.parse(line);
          child.stdin.write(ACK);
          next();
          if (++up === count) resolve(() => children.forEach(({ pid }) => process.kill(-pid, "SIGKILL")));
        });
      };
      for (let i = 0; i < 8; i++) next();
    });
  },
  supervised(count) {
    return new Promise((resolve) => {
      const folder = mkdtempSync(join(tmpdir(), "mimolo-bench-"));
      const shared = {
        gate: new SpawnGate(),
        guardian: startGuardian(),
        runFile: openRunFile(join(folder, "running")),
      };
      let up = 0;
      const agents = Array.from({ length: count }, (_, i) => {
        const agent = new SupervisedAgent({
          ...shared,
          label: `agent_${i}`,
          command,
          clock: systemClock,
          handshake: () => ({ accept: { app_version: "0.4.0", protocol_version: "0.4" } }),
          received() {},
          refused() {},
          stderr() {},
          changed({ state }) {
            if (state !== "running" || ++up < count) return;
            resolve(() => {
              for (const each of agents) each.hurry();
              shared.guardian.close();
              rmSync(folder, { recursive: true });
            });
          },
        });
        return agent;
      });
      for (const agent of agents) agent.start();
    });
  },
};

const say = (text) => process.stdout.write(`${text}\n`);
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

async function measure(name, count) {
  // One of each first, so that neither pays for loading code.
  (await loops[name](8))();
  const before = process.cpuUsage();
  const end = await loops[name](count);
  const { user, system } = process.cpuUsage(before);
  say(`${(user + system) / 1_000}`);
  end();
  process.exit(0);
}

const [first, second] = process.argv.slice(2);
if (first in loops) {
  await measure(first, Number(second));
} else {
  const [count, rounds] = [Number(first ?? 1000), Number(second ?? 7)];
  const cpuMs = { bare: [], answered: [], supervised: [] };
  for (let round = 0; round < rounds; round++) {
    for (const name of Object.keys(cpuMs)) {
      cpuMs[name].push(Number(execFileSync(process.execPath, [fileURLToPath(import.meta.url), name, String(count)])));
    }
  }
  for (const [name, times] of Object.entries(cpuMs)) {
    const ratios = times.map((ms, i) => ms / cpuMs.bare[i]);
    const each = ratios.map((ratio) => ratio.toFixed(2)).join(" ");
    say(`${name}: ${median(times).toFixed(0)} ms CPU, ratio ${median(ratios).toFixed(2)} (rounds: ${each})`);
  }
}

// How long until a dead agent is noticed: from `kill -9` of a running process to the change of its state, its pipes read to
// their end. Beside it: the bare `exit` event of a child without any supervision, in the same run.
// Needs the build: `pnpm exec turbo run bundle --filter=@mimolo/supervisor`. usage: node bench/death.mjs [deaths=100]
import { spawn } from "node:child_process";
import { startGuardian, SupervisedAgent, systemClock } from "@mimolo/supervisor";

const HANDSHAKE =
  '{"type":"handshake","protocol_version":"0.4","agent_version":"1.0.0","timestamp":"2026-01-01T00:00Z"}';
const shell = (script) => ({
  executable: "/bin/sh",
  args: ["-c", script],
  cwd: "/",
  environment: { PATH: "/usr/bin:/bin" },
});
const listens = "while read -r line; do :; done";
const kinds = {
  "an agent": shell(`echo '${HANDSHAKE}'; ${listens}`),
  "with a child that holds its stdout": shell(`sleep 60 & echo '${HANDSHAKE}'; ${listens}`),
};

const deaths = Number(process.argv[2] ?? 100);
const say = (text) => process.stdout.write(`${text}\n`);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function report(name, times) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(1);
  say(`${name}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, max ${at(1)} ms (${times.length} deaths)`);
}

const bare = [];
for (let i = 0; i < deaths; i++) {
  const { executable, args, cwd, environment: env } = kinds["an agent"];
  const child = spawn(executable, args, { cwd, env, detached: true });
  await new Promise((resolve) => child.stdout.once("data", resolve));
  await pause(5);
  const exited = new Promise((resolve) => child.once("exit", resolve));
  const fromMs = performance.now();
  process.kill(child.pid, "SIGKILL");
  await exited;
  bare.push(performance.now() - fromMs);
}
report("bare exit event", bare);

const guardian = startGuardian();
for (const [name, command] of Object.entries(kinds)) {
  const times = [];
  let heard = () => {};
  const agent = new SupervisedAgent({
    label: "mortal",
    command,
    clock: systemClock,
    guardian,
    random: () => 0,
    policy: { deathLimits: [] },
    handshake: () => ({ accept: { app_version: "0.4.0", protocol_version: "0.4" } }),
    received() {},
    refused() {},
    stderr() {},
    changed: ({ state }) => heard(state),
  });
  const reaches = (wanted) => new Promise((resolve) => (heard = (state) => state === wanted && resolve()));
  for (let i = 0; i < deaths; i++) {
    const up = reaches("running");
    if (i === 0) agent.start();
    await up;
    await pause(5);
    const noticed = reaches("backing-off");
    const fromMs = performance.now();
    process.kill(agent.snapshot.pid, "SIGKILL");
    await noticed;
    times.push(performance.now() - fromMs);
  }
  await agent.stop({ hurry: true });
  report(name, times);
}
guardian.close();

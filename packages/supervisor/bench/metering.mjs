// What metering many idle processes costs: sweeps as the collector makes them, against reading every stat file anew. In turn,
// CPU time of this process only. Needs the build: `pnpm exec turbo run bundle --filter=@mimolo/supervisor`.
// usage: node bench/metering.mjs [processes=1000] [rounds=7]
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { openMeter } from "@mimolo/supervisor";

const [count, rounds] = [Number(process.argv[2] ?? 1_000), Number(process.argv[3] ?? 7)];
const SWEEPS = 12;
const SWEEP_EVERY_MS = 5_000;
const say = (text) => process.stdout.write(`${text}\n`);
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const spread = (values) => `${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)}`;

const children = [];
for (let i = 0; i < count; i++) {
  const child = spawn("/bin/sleep", ["100000"], { detached: true, stdio: "ignore" });
  children.push(child);
  if (i % 8 === 7) await once(child, "spawn");
}
const pids = children.map(({ pid }) => pid);
process.on("exit", () => children.forEach((child) => child.kill("SIGKILL")));

// PSS comes every 30 s of this clock: each sweep is 5 s after the last one, as in the collector.
let passedMs = 0;
const meter = openMeter({ clock: { ticksMs: () => passedMs + performance.now() } });

async function sweeps() {
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    passedMs += SWEEP_EVERY_MS;
    await meter.sweep(pids);
  }
}
const justStat = openMeter({ clock: { ticksMs: () => 0 } });
async function statOnly() {
  for (let sweep = 0; sweep < SWEEPS; sweep++) await justStat.sweep(pids);
}
async function readAnew() {
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const pid of pids) {
      const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
      stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    }
  }
}

async function cpuMsPerSweep(run) {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / SWEEPS;
}

const ways = { "sweep with PSS": sweeps, "sweep without": statOnly, "readFileSync and split": readAnew };
const found = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
for (const run of Object.values(ways)) await run();
for (let round = 0; round < rounds; round++) {
  for (const [name, run] of Object.entries(ways)) found[name].push(await cpuMsPerSweep(run));
}
say(`${count} idle processes, ${rounds} rounds of ${SWEEPS} sweeps:`);
for (const [name, ms] of Object.entries(found)) {
  const [middle, share] = [median(ms), (median(ms) / SWEEP_EVERY_MS) * 100];
  const each = ((middle / count) * 1_000).toFixed(2);
  say(
    `${name}: ${middle.toFixed(2)} ms a sweep (${spread(ms)}), ${each} µs a process, ${share.toFixed(3)} % of a core`,
  );
}
const base = found["readFileSync and split"];
const ratios = found["sweep without"].map((ms, i) => ms / base[i]);
say(`sweep without PSS over readFileSync: ${median(ratios).toFixed(2)} (${spread(ratios)})`);
meter.close();
justStat.close();
process.exit(0);

// What an SDK agent in one file costs over a Node process that does nothing: CPU until it rests, and private memory then.
// Run after `npm run build`, on Linux: node bench/sdk-start.mjs [--rounds N] [--json]
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { build } from "tsup";

const TARGET = 1.15;
const REST_MS = 900;
const { values } = parseArgs({
  options: { rounds: { type: "string" }, quick: { type: "boolean" }, json: { type: "boolean" } },
});
const rounds = Number(values.rounds ?? (values.quick ? 5 : 15));
const folder = mkdtempSync(join(tmpdir(), "mimolo-sdk-start-"));
const empty = join(folder, "empty.mjs");
const agent = join(folder, "agent.mjs");
const ack = { cmd: "ack", ack: "handshake", accepted: true, app_version: "0.4.0", protocol_version: "0.4" };

writeFileSync(empty, "setInterval(() => {}, 1 << 30);\n");
writeFileSync(
  join(folder, "source.mjs"),
  `import { defineAgent } from ${JSON.stringify(join(import.meta.dirname, "../packages/agent-sdk/dist/index.js"))};
await defineAgent({
  id: "bench.agent",
  version: "1.0.0",
  sample: ({ count }) => count("ticks"),
  summarize: ({ counts }) => ({ data: counts, activity: "idle" }),
}).run();
`,
);
await build({
  entry: { agent: join(folder, "source.mjs") },
  config: false,
  outDir: folder,
  outExtension: () => ({ js: ".mjs" }),
  format: "esm",
  target: "node20.19",
  platform: "node",
  silent: true,
  minify: true,
  noExternal: [/./],
});

function start(file) {
  const child = spawn(process.execPath, [file], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { PATH: process.env.PATH },
  });
  child.stdout.resume();
  if (file === agent) child.stdin.write(`${JSON.stringify(ack)}\n`);
  return child;
}

/** CPU milliseconds of all threads and private MiB of `file`, once it rests. */
async function measure(file) {
  const child = start(file);
  await sleep(REST_MS);
  const proc = (name) => readFileSync(`/proc/${child.pid}/${name}`, "latin1");
  const tasks = readdirSync(`/proc/${child.pid}/task`).map((task) =>
    Number(proc(`task/${task}/schedstat`).split(" ")[0]),
  );
  const privateKib = [...proc("smaps_rollup").matchAll(/^Private_\w+:\s+(\d+)/gm)].map(([, kib]) => Number(kib));
  child.kill("SIGKILL");
  await once(child, "exit");
  return { cpuMs: sum(tasks) / 1e6, privateMib: sum(privateKib) / 1024 };
}

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
const quantile = (numbers, share) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length * share)];
const rounded = (number) => Math.round(number * 1000) / 1000;

/** Each agent against the empty process of its own pair: what shakes the machine shakes both. */
function figure(pairs, key, unit) {
  const baselines = pairs.map((pair) => pair.empty[key]);
  const ratio = quantile(
    pairs.map((pair) => pair.agent[key] / pair.empty[key]),
    0.5,
  );
  const spread = (quantile(baselines, 0.75) - quantile(baselines, 0.25)) / quantile(baselines, 0.5);
  return {
    value: rounded(
      quantile(
        pairs.map((pair) => pair.agent[key]),
        0.5,
      ),
    ),
    unit,
    baseline: rounded(quantile(baselines, 0.5)),
    ratio: rounded(ratio),
    target: TARGET,
    spread: rounded(spread),
    ok: spread > 0.2 ? null : ratio <= TARGET,
  };
}

// Agents run beside others: pages of Node's own file that they share are nobody's private memory.
const others = [start(empty), start(agent)];
const pairs = [];
for (let round = 0; round <= rounds; round++) {
  const pair = { empty: await measure(empty), agent: await measure(agent) };
  // The first pair warms the page cache.
  if (round > 0) pairs.push(pair);
}
for (const other of others) other.kill("SIGKILL");
rmSync(folder, { recursive: true });
const report = { sdk_start: figure(pairs, "cpuMs", "ms CPU"), sdk_memory: figure(pairs, "privateMib", "MiB private") };
if (values.json) console.log(JSON.stringify(report));
else console.table(report);

// Agents that write summaries as fast as they are taken, beside one that only beats: what memory and CPU the collector
// needs, how fast `status` answers, how late the neighbour's heartbeats come, how long the event loop is away. Needs `cc`.
// After `npm run build`: node bench/flooding.mjs [--seconds 60] [--agents 100] [--unlimited] [--keep] [--quick] [--json]
import { fork, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    seconds: { type: "string" },
    agents: { type: "string", default: "100" },
    unlimited: { type: "boolean" },
    keep: { type: "boolean" },
    quick: { type: "boolean" },
    json: { type: "boolean" },
    collector: { type: "string" },
  },
});
const MAX_RSS_MIB = 200;
const TICKS_PER_S = 100;
const BEAT_MS = 1000;

if (values.collector !== undefined) await collect(values.collector, Number(values.agents));
else await measure();

async function collect(folder, count) {
  const { createCollector, defaultConfig } = await import("../packages/operations/dist/index.js");
  // As `mimolo run` does.
  setFlagsFromString("--heap-growing-percent=60");
  const executable = join(folder, "agent");
  const flooding = Array.from({ length: count }, (_, n) => [`flood_${n}`, ["flood", "5000", "0", "1"]]);
  const all = [["neighbour", ["idle", String(BEAT_MS)]], ...flooding];
  const config = defaultConfig();
  const ceilings = values.unlimited ? { messages_per_s: 0, bytes_per_s: 0 } : {};
  const collector = await createCollector({
    dataDir: join(folder, "data"),
    cwd: folder,
    config: { ...config, monitor: { ...config.monitor, ...ceilings } },
    plugins: Object.fromEntries(all.map(([label, args]) => [label, { executable, args }])),
    allow: [executable],
  });
  await collector.start();
  const delay = monitorEventLoopDelay({ resolution: 5 });
  process.send({ socket: collector.address });
  process.on("message", async (word) => {
    if (word === "measure") delay.enable();
    if (word !== "stop") return;
    process.send({ loopP99Ms: delay.percentile(99) / 1e6, loopMaxMs: delay.max / 1e6 });
    await collector.stop({ hurry: true }).catch(() => undefined);
    process.disconnect();
  });
}

async function measure() {
  const folder = mkdtempSync(join(tmpdir(), "mimolo-flooding-"));
  const source = fileURLToPath(new URL("../packages/control-cli/bench/native-agent.c", import.meta.url));
  if (spawnSync("cc", ["-O2", "-o", join(folder, "agent"), source]).status !== 0) {
    console.log("not measured: no C compiler");
    return;
  }
  const seconds = Number(values.seconds ?? (values.quick ? 10 : 60));
  const args = ["--collector", folder, "--agents", values.agents, ...(values.unlimited ? ["--unlimited"] : [])];
  const child = fork(fileURLToPath(import.meta.url), args);
  const { socket } = await new Promise((resolve, reject) => {
    child.once("message", resolve);
    child.once("exit", () => reject(new Error("the collector ended")));
  });
  child.send("measure");
  const began = usageOf(child.pid);
  const beganMs = performance.now();
  const answersMs = [];
  const rssMib = [];
  let lateMs = 0;
  let last = null;
  while (performance.now() - beganMs < seconds * 1000) {
    const askedMs = performance.now();
    last = await statusOf(socket);
    answersMs.push(performance.now() - askedMs);
    const beat = Date.parse(last.agents.find(({ label }) => label === "neighbour").last_heartbeat_at ?? "");
    if (beat > 0) lateMs = Math.max(lateMs, Date.now() - beat - BEAT_MS);
    rssMib.push(usageOf(child.pid).rssMib);
    await sleep(500);
  }
  const tookS = (performance.now() - beganMs) / 1000;
  const { cpuS, rssMaxMib } = usageOf(child.pid);
  const lines = last.agents.reduce((sum, { counters }) => sum + counters.lines, 0);
  const commits = join(folder, "data", "evidence", "commits.jsonl");
  child.send("stop");
  const { loopP99Ms, loopMaxMs } = await new Promise((resolve) => child.once("message", resolve));
  const report = {
    rss_max_mib: round(rssMaxMib),
    rss_by_quarter_mib: [1, 2, 3, 4].map((n) => round(rssMib[Math.ceil((rssMib.length * n) / 4) - 1] ?? 0)),
    lines_per_s: Math.round(lines / tookS),
    lines,
    cpu_percent: round(((cpuS - began.cpuS) / tookS) * 100),
    status_p50_ms: round(quantile(answersMs, 0.5)),
    status_max_ms: round(Math.max(...answersMs)),
    neighbour_late_ms: round(lateMs),
    loop_delay_p99_ms: round(loopP99Ms),
    loop_delay_max_ms: round(loopMaxMs),
    throttled: last.agents.filter(({ condition }) => condition === "throttled").length,
    running: last.agents.filter(({ state }) => state === "running").length,
    commits_mib: round(statSync(commits).size / 1_048_576),
    agents: Number(values.agents),
    seconds,
    ok: rssMaxMib < MAX_RSS_MIB,
  };
  if (child.exitCode === null) await new Promise((resolve) => child.once("exit", resolve));
  if (values.keep) console.error(folder);
  else rmSync(folder, { recursive: true, force: true });
  console.log(values.json ? JSON.stringify(report) : report);
  if (!report.ok) process.exitCode = 1;
}

function statusOf(socketPath) {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, path: "/api/v1/status" }, (answer) => {
      let text = "";
      answer.on("data", (chunk) => (text += chunk));
      answer.on("end", () => resolve(JSON.parse(text)));
    });
    asked.on("error", reject);
    asked.end();
  });
}

function usageOf(pid) {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const kib = (key) => Number(new RegExp(`${key}:\\s+(\\d+)`).exec(status)?.[1] ?? 0);
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const ticks = Number(fields[11]) + Number(fields[12]);
  return { cpuS: ticks / TICKS_PER_S, rssMib: kib("VmRSS") / 1024, rssMaxMib: kib("VmHWM") / 1024 };
}

function quantile(numbers, share) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length * share)] ?? 0;
}

function round(number) {
  return Math.round(number * 10) / 10;
}

// What an open page costs the collector: CPU of its process with ten agents while nobody looks, while one page is open at each of three
// views, and with three pages at once. `node bench/open-pages.mjs [--seconds N] [--quick] [--json]`
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { findBrowser } from "../scripts/browser.mjs";

const TICKS_PER_SECOND = 100;
const AGENTS = 10;
const VIEWS = ["today", "agents", "widgets"];
const MIMOLO = join(import.meta.dirname, "../packages/control-cli/bin/mimolo.js");

const { values } = parseArgs({
  options: {
    seconds: { type: "string" },
    quick: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});
const seconds = Number(values.seconds ?? (values.quick ? 15 : 60));
const executablePath = findBrowser();
if (executablePath === null || !existsSync("/proc/self/stat")) {
  console.error("this wants Chromium and /proc; nothing was measured");
  process.exit(0);
}

/** A heartbeat every five seconds, a summary when asked, and a widget that changes with each. */
const AGENT = `import { createInterface } from "node:readline";
const say = (message) => process.stdout.write(JSON.stringify({ timestamp: new Date().toISOString(), ...message }) + "\\n");
let flushes = 0;
say({ type: "handshake", protocol_version: "0.4", agent_version: "1.0.0", capabilities: ["heartbeat", "summary", "widget_frame"] });
setInterval(() => say({ type: "heartbeat", metrics: { queue: 0 } }), 5_000);
createInterface({ input: process.stdin }).on("line", (line) => {
  const { cmd, id, sequence } = JSON.parse(line);
  if (cmd === "widget_render") {
    const tree = { tag: "p", children: ["flushed " + flushes + " times"] };
    return say({ type: "widget_frame", data: { mode: "tree_v1", tree, request_id: id, ttl_ms: 60_000, state_token: String(flushes) } });
  }
  for (const step of cmd === "sequence" ? sequence : [cmd]) {
    if (step === "flush") {
      flushes += 1;
      say({ type: "summary", data: { flushes, activity_signal: { mode: "active", keep_alive: true, reason: "worked" } } });
    }
    if (["flush", "stop", "start"].includes(step)) say({ type: "ack", ack_command: step });
    if (step === "shutdown") process.exit(0);
  }
}).on("close", () => process.exit(0));
`;

const root = mkdtempSync(join(tmpdir(), "mimolo-open-pages-"));
const folder = join(root, "project");
mkdirSync(folder);
writeFileSync(join(folder, "agent.mjs"), AGENT);
const agents = Array.from({ length: AGENTS }, (_, index) => {
  const lines = [
    `[plugins.agent-${index}]`,
    'executable = "node"',
    `args = [${JSON.stringify(join(folder, "agent.mjs"))}]`,
  ];
  return [...lines, "agent_flush_interval_s = 10", ""].join("\n");
});
writeFileSync(join(folder, "mimolo.toml"), agents.join("\n"));

const env = { PATH: process.env.PATH, HOME: root, XDG_RUNTIME_DIR: root };
const collector = spawn(process.execPath, [MIMOLO, "run", "--dev", "--port", "0", "--data-dir", join(root, "data")], {
  cwd: folder,
  env,
  stdio: ["ignore", "pipe", "inherit"],
});
let browser = null;
try {
  const address = await addressOf(collector);
  // Its first minute has more to do than any other.
  await sleep(values.quick ? 10_000 : 30_000);
  const figures = { none: await percentOver(collector.pid) };
  const { chromium } = createRequire(new URL("../packages/dashboard/package.json", import.meta.url))("playwright-core");
  browser = await chromium.launch({ executablePath });
  const context = await browser.newContext();
  const first = await context.newPage();
  await first.goto(address);
  await first.getByRole("banner").getByText("Live", { exact: true }).waitFor();
  const base = new URL(address).origin;
  for (const view of VIEWS) {
    await at(first, base, view);
    figures[view] = await percentOver(collector.pid);
  }
  for (const view of VIEWS.slice(0, 2)) await at(await context.newPage(), base, view);
  figures.all_three = await percentOver(collector.pid);
  // What shakes the machine shakes both ends.
  await browser.close();
  browser = null;
  await sleep(2_000);
  figures.none_again = await percentOver(collector.pid);
  tell(figures);
} finally {
  await browser?.close();
  const ended = new Promise((resolve) => collector.once("close", resolve));
  collector.kill("SIGINT");
  await ended;
  rmSync(root, { recursive: true, force: true });
}

async function at(page, base, view) {
  await page.goto(`${base}/#/${view}`);
  await page.getByRole("banner").getByText("Live", { exact: true }).waitFor();
  // What a view reads at first is no cost of its staying open.
  await sleep(5_000);
}

/** Percent of one core, all threads of the process, its children not counted. */
async function percentOver(pid) {
  const [before, beganMs] = [ticksOf(pid), performance.now()];
  await sleep(seconds * 1_000);
  return ((ticksOf(pid) - before) / TICKS_PER_SECOND / ((performance.now() - beganMs) / 1_000)) * 100;
}

function ticksOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /u, "")
    .split(" ");
  return Number(fields[11]) + Number(fields[12]);
}

function addressOf(child) {
  return new Promise((resolve, reject) => {
    let screen = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      screen += text;
      const found = /http:\/\/127\.0\.0\.1:\d+\/#code=\S+/u.exec(screen);
      if (found !== null) resolve(found[0]);
    });
    child.once("close", () => reject(new Error(`the collector ended:\n${screen}`)));
  });
}

function tell(figures) {
  const none = (figures.none + figures.none_again) / 2;
  const rounded = Object.fromEntries(
    Object.entries(figures).map(([name, percent]) => [name, Number(percent.toFixed(2))]),
  );
  const load = loadavg()[0] ?? 0;
  if (values.json)
    return console.log(JSON.stringify({ seconds, agents: AGENTS, percent_of_a_core: rounded, load_1m: load }));
  console.log(
    `percent of a core that the collector takes with ${AGENTS} agents, over ${seconds} s each (load of the machine ${load.toFixed(1)})`,
  );
  for (const [name, percent] of Object.entries(figures)) {
    const added = name.startsWith("none")
      ? ""
      : `  ${(percent - none).toFixed(2)} added, ${(percent / none).toFixed(2)}x`;
    console.log(`  ${name.padEnd(11)} ${percent.toFixed(2).padStart(6)}${added}`);
  }
}

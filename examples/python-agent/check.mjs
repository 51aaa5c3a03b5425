// Asserts what README.md claims; `node check.mjs --cpu 90` measures what the agent costs instead.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { leaveWithout } from "../../scripts/tools.mjs";
import { checkConduct } from "../check-conduct.mjs";
import { conforms } from "../check-conform.mjs";
import { checkDurable } from "../check-durable.mjs";
import { driveAgent } from "../drive-agent.mjs";
import { underCollector } from "../drive-collector.mjs";

const { values } = parseArgs({ options: { cpu: { type: "string" } } });
leaveWithout("python3");
// The real interpreter: a version manager's shim would be measured with it, and lives in another process.
const interpreter = execFileSync("python3", ["-c", "import sys; print(sys.executable)"], { encoding: "utf8" }).trim();
const folder = mkdtempSync(join(tmpdir(), "mimolo python "));
const start = (own) =>
  driveAgent(interpreter, ["-S", "-E", join(import.meta.dirname, "agent.py")], {
    config: { watch_dirs: [folder] },
    env: own === undefined ? {} : { MIMOLO_AGENT_DATA_DIR: own },
  });

try {
  for (let index = 0; index < 20; index++) {
    mkdirSync(join(folder, `chapter-${index}`));
    for (let page = 0; page < 20; page++) writeFileSync(join(folder, `chapter-${index}`, `page-${page}.txt`), "");
  }
  if (values.cpu === undefined) await check();
  else await measure(Number(values.cpu));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function check() {
  let changes = 0;
  await checkConduct(
    () => start(),
    () => writeFileSync(join(folder, "chapter-3", `new-${changes++}.txt`), "x"),
  );

  const agent = start();
  await agent.next("handshake");
  agent.accept();
  await askForCounts(agent);
  writeFileSync(join(folder, "chapter-1", "page-1.txt"), "longer than before");
  rmSync(join(folder, "chapter-2", "page-2.txt"));
  mkdirSync(join(folder, "chapter-new"));
  writeFileSync(join(folder, "chapter-new", "page.txt"), "");
  mkdirSync(join(folder, "node_modules"));
  writeFileSync(join(folder, "node_modules", "noise.js"), "");
  assert.deepEqual(await askForCounts(agent), { created: 1, modified: 1, deleted: 1, total: 3 });
  agent.hangUp();
  assert.equal(await agent.ended(), 0);
  await checkDurable(start);
  await checkUnderCollector();
  await conforms([interpreter, "agent.py"], { cwd: import.meta.dirname, settings: { watch_dirs: [folder] } });
  // `select` waits for a pipe on POSIX only.
  if (process.platform !== "win32") await checkSmallest();
  console.log("ok: every command answered, every change counted, killed without loss, no process left");
}

/** Killed in the middle of a run, it is started again and goes on with its numbers. */
async function checkUnderCollector() {
  const files = ["agent.py", "spool.py", "watcher.py"];
  await underCollector({ here: import.meta.dirname, files, label: "notes" }, async (run) => {
    let changes = 0;
    const change = () => writeFileSync(join(run.folder, `chapter-${changes++}.txt`), "x");
    assert.ok((await run.next(change)).counts.total > 0);
    const before = await run.pid();
    process.kill(before, "SIGKILL");
    await run.until("a new process", async () => ![undefined, before].includes(await run.pid()));
    assert.ok((await run.next(change)).counts.total > 0);
    const numbers = (await run.summaries()).map(({ seq }) => seq);
    assert.deepEqual(
      numbers,
      Array.from(numbers, (_, index) => index + 1),
    );
  });
}

/** The small tree of this check fits into the slice of one flush; a first one may share its slice with the start. */
async function askForCounts(agent) {
  agent.send("flush");
  return (await agent.next("summary")).data.counts;
}

async function checkSmallest() {
  await conforms([interpreter, "smallest.py"], { cwd: import.meta.dirname });
  const agent = driveAgent(interpreter, [join(import.meta.dirname, "smallest.py")], { cwd: folder });
  await agent.next("heartbeat");
  agent.accept();
  agent.send("status");
  assert.equal((await agent.next("status")).health, "ok");
  writeFileSync(join(folder, "one-more.txt"), "");
  agent.send("flush", { id: "f" });
  assert.deepEqual((await agent.next("summary")).data, {
    came: 1,
    went: 0,
    activity_signal: { mode: "active", keep_alive: true },
  });
  assert.equal((await agent.next("ack")).id, "f");
  agent.send("sequence", { sequence: ["stop", "flush", "shutdown"] });
  for (const step of ["stop", "flush", "shutdown"]) assert.equal((await agent.next("ack")).ack_command, step);
  assert.equal(await agent.ended(), 0);
}

/** CPU of the agent after its start-up, asked as a collector asks: a flush per minute. */
async function measure(seconds) {
  const agent = start();
  await agent.next("handshake");
  agent.accept();
  await sleep(6000);
  const cpuMs = () => Number(readFileSync(`/proc/${agent.pid}/schedstat`, "latin1").split(" ")[0]) / 1e6;
  const beats = () => agent.messages.filter(({ type }) => type === "heartbeat").length;
  const before = { cpuMs: cpuMs(), beats: beats() };
  for (let second = 0; second < seconds; second++) {
    if (second % 60 === 59) agent.send("flush");
    await sleep(1000);
  }
  const percent = (100 * (cpuMs() - before.cpuMs)) / (seconds * 1000);
  const perBeat = seconds / (beats() - before.beats);
  agent.hangUp();
  await agent.ended();
  console.log(
    `${percent.toFixed(4)} % of a core over ${seconds} s; a heartbeat per ${perBeat.toFixed(1)} s; 400 files watched`,
  );
  assert.ok(percent < 0.05, "over 0.05 % of a core");
}

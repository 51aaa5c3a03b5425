// Asserts what README.md claims; `SHELL_UNDER_TEST=bash node check.mjs` tries another shell.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { leaveWithout } from "../../scripts/tools.mjs";
import { checkConduct } from "../check-conduct.mjs";
import { conforms } from "../check-conform.mjs";
import { driveAgent, groupOf } from "../drive-agent.mjs";
import { underCollector } from "../drive-collector.mjs";

leaveWithout("sh");
const shell = process.env.SHELL_UNDER_TEST ?? "sh";
const folder = mkdtempSync(join(tmpdir(), "mimolo shell "));
const own = mkdtempSync(join(tmpdir(), "mimolo shell own "));
const start = () =>
  driveAgent(shell, [join(import.meta.dirname, "agent.sh"), folder], { env: { MIMOLO_AGENT_DATA_DIR: own } });

try {
  let changes = 0;
  await checkConduct(start, async () => {
    writeFileSync(join(folder, `note-${changes++}.txt`), "x");
    // Some file systems keep time in steps of 10 ms; `find -newer` sees only what is later than the mark.
    await sleep(30);
  });

  const agent = start();
  await agent.next("handshake");
  agent.accept({ heartbeat_interval_s: 1 });
  await agent.next("heartbeat");
  await agent.next("heartbeat");
  agent.kill("SIGKILL");
  await agent.ended();
  await sleep(2500);
  assert.deepEqual(await groupOf(agent.pid), [], "the beating process goes with the agent, even when that is killed");

  const here = import.meta.dirname;
  await conforms([shell, "agent.sh", folder], { cwd: here });
  await underCollector({ here, files: ["agent.sh", "command.awk"], label: "notes" }, async (run) => {
    const change = () => writeFileSync(join(run.folder, `note-${changes++}.txt`), "x");
    assert.ok((await run.next(change)).changed > 0);
  });
  console.log("ok: every command answered, no process left");
} finally {
  for (const path of [folder, own]) rmSync(path, { recursive: true, force: true });
}

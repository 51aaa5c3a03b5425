// Asserts what README.md claims: a file that turns up is counted, and counts as work.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "tsup";
import { conforms } from "../check-conform.mjs";
import { driveAgent } from "../drive-agent.mjs";
import { underCollector } from "../drive-collector.mjs";

const here = import.meta.dirname;
const folder = mkdtempSync(join(tmpdir(), "mimolo hello "));
try {
  await build({
    entry: [join(here, "main.ts")],
    config: false,
    outDir: join(here, "dist"),
    format: "esm",
    target: "node20.19",
    silent: true,
  });
  const agent = driveAgent(process.execPath, [join(here, "dist/main.js")], {
    config: { folder, poll_interval_s: 0.1 },
  });
  const { agent_version: version, protocol_version: protocol } = await agent.next("handshake");
  assert.deepEqual({ version, protocol }, { version: "1.0.0", protocol: "0.4" });
  agent.accept({ heartbeat_interval_s: 0.2 });

  assert.ok((await agent.next("heartbeat")).metrics.samples > 0, "it samples before anything turns up");
  agent.send("flush");
  assert.deepEqual((await agent.next("summary")).data, {
    arrived: 0,
    activity_signal: { mode: "active", keep_alive: false },
  });
  for (const name of ["scan-1.pdf", "scan-2.pdf"]) writeFileSync(join(folder, name), "");
  for (let beat = 0; beat < 2; beat++) await agent.next("heartbeat");
  agent.send("sequence", { sequence: ["stop", "flush", "shutdown"] });
  assert.deepEqual((await agent.next("summary")).data, {
    arrived: 2,
    activity_signal: { mode: "active", keep_alive: true },
  });
  assert.equal(await agent.ended(), 0);
  await conforms([process.execPath, "dist/main.js"], { cwd: here, settings: { folder } });
  await underRealCollector();
  console.log("ok: two files turned up, two were counted, and the agent ended by itself");
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function underRealCollector() {
  // The bundle finds the SDK where the example has it.
  const prepare = (copy) => symlinkSync(join(here, "node_modules"), join(copy, "node_modules"), "junction");
  await underCollector({ here, files: ["dist/main.js"], label: "hello", prepare }, async (run) => {
    let scans = 0;
    const { arrived } = await run.next(() => writeFileSync(join(run.folder, `scan-${scans++}.pdf`), ""));
    assert.ok(arrived > 0);
  });
}

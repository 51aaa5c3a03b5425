// Asserts what README.md claims: a file that turns up is counted, and counts as work.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "tsup";
import { driveAgent } from "../drive-agent.mjs";

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
  console.log("ok: two files turned up, two were counted, and the agent ended by itself");
} finally {
  rmSync(folder, { recursive: true, force: true });
}

// Asserts what README.md claims: a segment opens, its evidence verifies, no agent is left.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openArchive } from "@mimolo/operations";
import { collectOneSegment } from "./main.mjs";

const dataDir = mkdtempSync(join(tmpdir(), "mimolo embedded "));
try {
  const segment = await collectOneSegment(dataDir);
  assert.deepEqual(segment.labels, ["counter"]);
  assert.deepEqual(segment.reasons, ["counted"]);
  assert.equal(segment.confidence, "observed");
  const archive = openArchive(dataDir);
  assert.equal((await archive.verify()).ok, true);
  const labels = new Set();
  for await (const { record } of archive.evidence({ kind: "message" })) labels.add(record.agent_label);
  assert.ok(labels.has("counter"), "the script's summaries are evidence");
  console.log(`ok: segment ${segment.id}, evidence verified`);
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}

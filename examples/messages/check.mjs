// Asserts what docs/messages.md shows: a plugin in JavaScript and a script in Python work for each other.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { leaveWithout } from "../../scripts/tools.mjs";
import { knock } from "./knock.mjs";

leaveWithout("python3");
const dataDir = mkdtempSync(join(tmpdir(), "mimolo messages "));
try {
  const { answers, seen } = await knock(dataDir, ["Ada", "Grace"]);
  assert.deepEqual(answers, [
    { welcome: "Ada", visits: 1, counted_by: "local.counter" },
    { welcome: "Grace", visits: 2, counted_by: "local.counter" },
  ]);
  const round = ["local.door → local.counter", "embedder → local.door"];
  assert.deepEqual(seen, ["embedder → local.counter", ...round, ...round]);
  console.log("ok: two knocks, two visits counted");
} finally {
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

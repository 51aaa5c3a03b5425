// The journal's own tests: `node --test` runs them, and so does `runPluginTests`.
import assert from "node:assert/strict";
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { mockPluginContext } from "@mimolo/agent-sdk/testing";
import { journal } from "../journal.mjs";

const context = async (more) => mockPluginContext({ dataDir: await mkdtemp(join(tmpdir(), "journal-")), ...more });

test("a line is written with its time, and with what the trigger was in", async () => {
  const { dataDir, ...rest } = await context({ mode: "work", timestamp: "2026-03-04T05:06:07Z" });
  assert.deepEqual(await journal.execute({ text: "hello" }, { ...rest, dataDir }), { lines: 1 });
  assert.equal(await readFile(join(dataDir, "journal.txt"), "utf8"), "2026-03-04T05:06:07Z [work] hello\n");
});

test("two lines at once are refused", async () => {
  const refused = journal.execute({ text: "one\ntwo" }, await context());
  await assert.rejects(refused, { code: "not-a-line" });
});

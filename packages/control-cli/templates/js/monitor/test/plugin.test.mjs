import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fakeCollector } from "@mimolo/agent-sdk/testing";
import { plugin } from "../src/plugin.mjs";

test("says what came; a segment keeps each file once", async (context) => {
  const folder = mkdtempSync(join(tmpdir(), "{{program}}-"));
  context.after(() => rmSync(folder, { recursive: true }));
  const monitor = plugin();
  const collector = fakeCollector({ config: { folder } });
  await collector.connect(monitor);
  await collector.flush();
  writeFileSync(join(folder, "letter.txt"), "Dear Ada");
  mkdirSync(join(folder, "drafts"));
  await collector.advance(5000);
  const { data } = await collector.next("event");
  assert.deepEqual([data.event, data.payload], ["arrived", { files: ["letter.txt"] }]);
  assert.deepEqual(monitor.filter([["letter.txt"], ["letter.txt", "card.txt"]]), ["letter.txt", "card.txt"]);
  assert.equal(await collector.shutdown(), 0);
});

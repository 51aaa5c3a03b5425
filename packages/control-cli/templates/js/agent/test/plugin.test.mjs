import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fakeCollector } from "@mimolo/agent-sdk/testing";
import { plugin } from "../src/plugin.mjs";

test("counts what came since it was asked", async (context) => {
  const folder = mkdtempSync(join(tmpdir(), "{{program}}-"));
  context.after(() => rmSync(folder, { recursive: true }));
  const collector = fakeCollector({ config: { folder } });
  await collector.connect(plugin());
  assert.deepEqual((await collector.flush()).data.activity_signal, { mode: "active", keep_alive: false });
  writeFileSync(join(folder, "letter.txt"), "Dear Ada");
  mkdirSync(join(folder, "drafts"));
  await collector.advance(5000);
  const { data } = await collector.flush();
  assert.deepEqual([data.came, data.files, data.activity_signal?.keep_alive], [1, 1, true]);
  assert.equal(await collector.shutdown(), 0);
});

test("what it cannot see is not idle", async () => {
  const collector = fakeCollector({ config: { folder: join(tmpdir(), "{{program}}-is-not-there") } });
  await collector.connect(plugin());
  assert.deepEqual((await collector.flush()).data.activity_signal, { mode: "passive", keep_alive: null });
  assert.equal(await collector.shutdown(), 0);
});

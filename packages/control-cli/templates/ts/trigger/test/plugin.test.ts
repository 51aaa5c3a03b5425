import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fakeCollector } from "@mimolo/agent-sdk/testing";
import { plugin } from "../src/plugin.ts";

test("fires while it is started", async (context) => {
  const folder = mkdtempSync(join(tmpdir(), "{{program}}-"));
  context.after(() => rmSync(folder, { recursive: true }));
  const collector = fakeCollector({ config: { folder, every_s: 0.02 } });
  await collector.connect(plugin());
  const call = async (params: object) => {
    await collector.send({ cmd: "invoke", id: "c", params });
    return collector.next("result");
  };
  assert.equal((await call({ interface: "trigger", method: "start" })).ok, true);
  writeFileSync(join(folder, "letter.txt"), "Dear Ada");
  mkdirSync(join(folder, "drafts"));
  const { data } = await collector.next("event");
  assert.deepEqual([data.event, data.payload], ["arrived", { name: "letter.txt" }]);
  assert.equal((await call({ interface: "trigger", method: "stop" })).ok, true);
  assert.equal(await collector.shutdown(), 0);
});

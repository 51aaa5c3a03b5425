import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fakeCollector } from "@mimolo/agent-sdk/testing";
import { plugin } from "../src/plugin.mjs";

test("measures a folder, and puts it into words", async (context) => {
  const folder = mkdtempSync(join(tmpdir(), "{{program}}-"));
  context.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "letter.txt"), "Dear Ada");
  writeFileSync(join(folder, ".hidden"), "Dear nobody");
  const collector = fakeCollector({ config: { folder } });
  await collector.connect(plugin());
  const call = async (params) => {
    await collector.send({ cmd: "invoke", id: "c", params });
    return collector.next("result");
  };
  const asked = { interface: "analytics", method: "report", params: { metrics: ["files", "bytes"], format: "text" } };
  assert.equal((await call(asked)).data, "1 files, 8 bytes");
  const strange = { interface: "analytics", method: "collect", params: { metrics: ["love"] } };
  assert.equal((await call(strange)).error?.code, "unknown-metric");
  assert.equal(await collector.shutdown(), 0);
});

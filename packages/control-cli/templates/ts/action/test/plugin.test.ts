import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fakeCollector } from "@mimolo/agent-sdk/testing";
import { plugin } from "../src/plugin.ts";

test("writes a line, and refuses what is none", async (context) => {
  const folder = mkdtempSync(join(tmpdir(), "{{program}}-"));
  context.after(() => rmSync(folder, { recursive: true }));
  const collector = fakeCollector({ environment: { MIMOLO_AGENT_DATA_DIR: folder } });
  await collector.connect(plugin());
  const call = async (params: object) => {
    await collector.send({ cmd: "invoke", id: "c", params });
    return collector.next("result");
  };
  const execute = (text: unknown) => call({ interface: "action", method: "execute", params: { text } });
  assert.deepEqual((await execute("one")).data, { lines: 1 });
  assert.deepEqual((await execute("two")).data, { lines: 2 });
  assert.equal((await execute("one\ntwo")).error?.code, "not-a-line");
  assert.equal((await execute(7)).error?.code, "invalid-params");
  assert.equal(await collector.shutdown(), 0);
});

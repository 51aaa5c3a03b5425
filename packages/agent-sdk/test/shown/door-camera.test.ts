import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { fakeCollector } from "../../src/testing/index.ts";
import { doorCamera } from "./door-camera.ts";

test("the agent shown in the docs keeps a picture, refers to it once, and shows it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "mimolo-door-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const pictures = [Buffer.from("a visitor")];
  const collector = fakeCollector({ environment: { MIMOLO_AGENT_DATA_DIR: folder } });
  await collector.connect(doorCamera({ newPicture: async () => pictures.pop() ?? null }));
  // The disk takes its time.
  let { artifacts = [] } = (await collector.flush()).data;
  while (artifacts.length === 0) ({ artifacts = [] } = (await collector.flush()).data);
  expect(artifacts).toMatchObject([{ mime: "image/jpeg", bytes: 9, retention_class: "retained" }]);
  const [picture] = artifacts;
  expect(readFileSync(join(folder, picture?.rel_path ?? ""), "utf8")).toBe("a visitor");
  const rendered = collector.render();
  const { id, method, params } = await collector.next("request");
  expect([method, params]).toEqual(["artifact.token", { artifact_id: picture?.artifact_id }]);
  await collector.send({ cmd: "response", id, params: { ok: true, data: { token: "t0ken", expires_at: "" } } });
  expect(JSON.stringify(await rendered)).toContain('"src":"mimolo://artifact/t0ken"');
});

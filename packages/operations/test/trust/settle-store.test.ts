import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { LogLine } from "@mimolo/protocol";
import { expect, test } from "vitest";
import { createCollector } from "../../src/index.ts";
import { readDecisions, withTrustDesk } from "../../src/trust/index.ts";
import { type DeskScene, deskScene } from "./desk-scene.ts";

const nobody = () => undefined;
const storeOf = (scene: DeskScene) => readdirSync(join(scene.directory.store, "acme.x")).toSorted();

/** A scene with version 1.0.0 installed, and 1.1.0 brought in and left by a death: in the store, marked, and never allowed. */
async function leftHalfWay() {
  const scene = deskScene();
  await scene.trustAuthor();
  const { path: old } = await scene.install(await scene.packed());
  const update = await scene.packed({ version: "1.1.0" });
  const left: { folder: string } = { folder: "" };
  const away = join(scene.folder, "away");
  const tried = withTrustDesk(scene.root, (desk) => desk.install({ path: update, by: "cli" }), {
    trial: (trial) => {
      left.folder = trial.folder;
      renameSync(trial.folder, away);
      return Promise.resolve("dies");
    },
  });
  await expect(tried).rejects.toMatchObject({ code: "rolled-back" });
  renameSync(away, left.folder);
  writeFileSync(`${left.folder}.intent`, "");
  return { scene, old, folder: left.folder, update };
}

test("what was brought in and never allowed goes at the next start, which says so and puts it on record", async () => {
  const { scene, old } = await leftHalfWay();
  const collector = await createCollector({ dataDir: scene.root, control: false });
  const said: LogLine[] = [];
  collector.on("log", (line) => said.push(line));
  await collector.start();
  await collector.stop();
  const message = "the installation of acme.x 1.1.0 was cut short; 1.0.0 is installed as before";
  expect(said).toContainEqual(expect.objectContaining({ code: "installation-undone", level: "warning", message }));
  expect(storeOf(scene)).toEqual([basename(old)]);
  expect((await scene.audited()).filter((line) => line === "deny acme.x 1.1.0")).toHaveLength(2);
  await scene.desk(nobody);
  expect((await scene.audited()).filter((line) => line === "deny acme.x 1.1.0")).toHaveLength(2);
});

test("without its mark a folder that nobody allowed stays: it may be somebody's", async () => {
  const { scene, old, folder } = await leftHalfWay();
  rmSync(`${folder}.intent`);
  mkdirSync(join(scene.directory.store, "notes"));
  writeFileSync(join(scene.directory.store, "notes", "mine.txt"), "");
  writeFileSync(join(dirname(folder), "mine.txt"), "");
  await scene.desk(nobody);
  expect(storeOf(scene)).toEqual([basename(old), basename(folder), "mine.txt"]);
  expect(readdirSync(scene.directory.store)).toEqual(["acme.x", "notes"]);
});

test.each([
  ["missing", (file: string) => rmSync(file)],
  ["damaged", (file: string) => writeFileSync(file, '{ "format": 1 ')],
])("with a trust file that is %s nothing goes, and with the file that comes back what has to", async (_, spoil) => {
  const { scene, old, folder } = await leftHalfWay();
  const { trustFile } = scene.directory;
  const kept = join(scene.folder, "trust.json");
  copyFileSync(trustFile, kept);
  spoil(trustFile);
  await scene.desk(nobody);
  expect(storeOf(scene)).toEqual([basename(old), basename(folder), `${basename(folder)}.intent`]);
  copyFileSync(kept, trustFile);
  await scene.desk(nobody);
  expect(storeOf(scene)).toEqual([basename(old)]);
  expect(readDecisions(scene.directory).installed).toMatchObject([{ version: "1.0.0" }]);
});

test("a version that held and whose predecessor was not cleared any more takes its place at the next start", async () => {
  const { scene, old, folder, update } = await leftHalfWay();
  const aside = join(scene.folder, "aside");
  renameSync(old, aside);
  await scene.install(update);
  renameSync(aside, old);
  writeFileSync(`${folder}.intent`, "");
  const before = await scene.audited();
  await scene.desk(nobody);
  expect(storeOf(scene)).toEqual([basename(folder)]);
  expect(await scene.audited()).toEqual(before);
});

test("a removal that was decided is finished, one that was not is told", async () => {
  const { scene, old } = await leftHalfWay();
  const mark = join(dirname(old), "remove.intent");
  writeFileSync(mark, "");
  await scene.desk(nobody);
  expect(existsSync(mark)).toBe(false);
  expect(existsSync(old)).toBe(true);
  expect((await scene.audited()).at(-1)).toBe("deny acme.x 1.1.0");
  expect(await scene.audited()).toContain("deny acme.x");
  const aside = join(scene.folder, "aside");
  renameSync(dirname(old), aside);
  await scene.desk((desk) => desk.remove({ pluginId: "acme.x", by: "cli" }));
  renameSync(aside, dirname(old));
  writeFileSync(mark, "");
  await scene.desk(nobody);
  expect(readdirSync(scene.directory.store)).toEqual([]);
});

test("marks of nothing, and an empty folder, are cleared", async () => {
  const { scene, old, folder } = await leftHalfWay();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(scene.directory.store, "acme.empty"));
  await scene.desk(nobody);
  expect(readdirSync(scene.directory.store)).toEqual(["acme.x"]);
  expect(storeOf(scene)).toEqual([basename(old)]);
});

import { chmodSync, existsSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { readTrust } from "@mimolo/trust";
import { expect, test } from "vitest";
import {
  readDecisions,
  type Trial,
  type TrustDesk,
  type TrustDeskOptions,
  withTrustDesk,
} from "../../src/trust/index.ts";
import { openArchive } from "../../src/reading/archive.ts";
import { type DeskScene, deskScene, type PluginLines } from "./desk-scene.ts";

const installedIn = (scene: DeskScene) => readDecisions(scene.directory).installed.map(({ version }) => version);
const storeOf = (scene: DeskScene, id = "acme.x") => readdirSync(join(scene.directory.store, id)).toSorted();
const trustOf = (scene: DeskScene) => readTrust(scene.directory.trustFile);

/** Installs under a desk whose trials go as `during` says. */
function installing(
  scene: DeskScene,
  path: string,
  during: (trial: Trial, desk: TrustDesk) => Promise<string | null>,
  more: { acceptDowngrade?: boolean; alongside?: string[]; options?: TrustDeskOptions } = {},
) {
  const { options, ...request } = more;
  const open: { desk?: TrustDesk } = {};
  return withTrustDesk(
    scene.root,
    (desk) => {
      open.desk = desk;
      return desk.install({ path, grants: "all", by: "cli", ...request });
    },
    {
      ...options,
      trial: (trial) => (open.desk === undefined ? Promise.reject(new Error("no desk")) : during(trial, open.desk)),
    },
  );
}

/** A scene with version 1.0.0 installed, and a package of version 1.1.0. */
async function twoVersions(old: PluginLines = {}, update: PluginLines = old) {
  const scene = deskScene();
  await scene.trustAuthor();
  const first = await scene.install(await scene.packed(old), { grants: "all" });
  const path = await scene.packed({ version: "1.1.0", ...update });
  return { scene, first, path };
}

async function deniedIn(scene: DeskScene) {
  const denied: unknown[] = [];
  for await (const { action, subject, detail } of openArchive(scene.root).audit()) {
    if (action === "deny") denied.push({ subject, ...(typeof detail === "object" ? detail : {}) });
  }
  return denied;
}

/** What a failed upgrade leaves: the old version, nothing else, and the truth on record. */
async function expectTakenBack(scene: DeskScene, first: { path: string }) {
  expect(installedIn(scene)).toEqual(["1.0.0"]);
  expect(storeOf(scene)).toEqual([basename(first.path)]);
  expect(readdirSync(scene.directory.staging)).toEqual([]);
  expect((await scene.audited()).slice(-2)).toEqual(["install acme.x", "deny acme.x 1.1.0"]);
  expect((await scene.verify()).ok).toBe(true);
}

test("a version is tried in the place of the other, and allowed only when it held", async () => {
  const { scene, first, path } = await twoVersions({ capabilities: ["filesystem"] });
  const seen: Trial[] = [];
  const report = await installing(scene, path, async (trial) => {
    seen.push(trial);
    expect(installedIn(scene)).toEqual(["1.0.0"]);
    expect(storeOf(scene)).toEqual([basename(first.path), basename(trial.folder), `${basename(trial.folder)}.intent`]);
    // On record before anything of it runs.
    expect((await scene.audited()).slice(-2)).toEqual(["approve acme.x", "install acme.x"]);
    expect(trial.isOver).toBe(false);
    const held = await trial.hold();
    expect(installedIn(scene)).toEqual(["1.1.0"]);
    return held;
  });
  const [trial] = seen;
  expect(trial).toMatchObject({
    pluginId: "acme.x",
    from: { digest: first.digest, version: "1.0.0" },
    to: { digest: report.digest, version: "1.1.0", grants: ["filesystem"] },
    folder: report.path,
    manifest: { version: "1.1.0" },
    isOver: true,
  });
  expect(report).toMatchObject({ version: "1.1.0", replaced: "1.0.0", changed: true, granted: ["filesystem"] });
  expect(storeOf(scene)).toEqual([basename(report.path)]);
  // Nobody said that it ran.
  expect(trustOf(scene).high_water).toEqual({});
});

test("who forgets to hold what is healthy has it held", async () => {
  const { scene, path } = await twoVersions();
  await installing(scene, path, () => Promise.resolve(null));
  expect(installedIn(scene)).toEqual(["1.1.0"]);
});

test("the mark of how far a plugin has come rises with the version that is kept, and with no other", async () => {
  const { scene, first, path } = await twoVersions();
  const proved = (desk: TrustDesk, version: string) =>
    (desk as TrustDesk & { proved(id: string, version: string): Promise<void> }).proved("acme.x", version);
  const failed = installing(scene, path, async (_, desk) => {
    await proved(desk, "1.1.0");
    return "another agent of it did not come up";
  });
  await expect(failed).rejects.toMatchObject({
    code: "rolled-back",
    reason: "unhealthy",
    message: "acme.x 1.1.0 was taken back: another agent of it did not come up; 1.0.0 is installed as before",
  });
  expect(trustOf(scene).high_water).toEqual({});
  await expectTakenBack(scene, first);
  await installing(scene, path, async (trial, desk) => {
    await proved(desk, "1.1.0");
    return await trial.hold();
  });
  expect(trustOf(scene).high_water).toEqual({ "acme.x": "1.1.0" });
});

test("a version that is not healthy leaves nothing, and that it was taken back is on record with the reason", async () => {
  const { scene, first, path } = await twoVersions();
  const failed = installing(scene, path, () => Promise.resolve("mail did not come up (exited)"));
  await expect(failed).rejects.toMatchObject({ code: "rolled-back" });
  await expectTakenBack(scene, first);
  expect(await deniedIn(scene)).toMatchObject([
    { subject: "acme.x 1.1.0", reason: "rolled-back", why: "mail did not come up (exited)" },
  ]);
});

test("who tries it and fails altogether has it taken back", async () => {
  const { scene, first, path } = await twoVersions();
  const failed = installing(scene, path, () => Promise.reject(new Error("no room for a process")));
  await expect(failed).rejects.toMatchObject({ code: "rolled-back", message: expect.stringContaining("no room") });
  await expectTakenBack(scene, first);
});

test("a key that is revoked while a version of it is tried waits for nothing, and what it signed does not stay", async () => {
  const { scene, path } = await twoVersions();
  const said: (string | null)[] = [];
  const failed = installing(scene, path, async (trial, desk) => {
    await desk.revokeKey({ keyId: scene.author.keyId, why: "stolen", by: "cli" });
    said.push(await trial.hold(), await trial.hold());
    return said[0] ?? null;
  });
  await expect(failed).rejects.toMatchObject({ code: "rolled-back", reason: "revoked" });
  expect(said[0]).toMatch(/^revoked: /);
  expect(said[1]).toBe(said[0]);
  expect(trustOf(scene).allow).toMatchObject([{ version: "1.0.0" }]);
  expect(storeOf(scene)).toHaveLength(1);
  expect((await scene.audited()).slice(-3)).toEqual([
    "install acme.x",
    `revoke ${scene.author.keyId}`,
    "deny acme.x 1.1.0",
  ]);
});

test("what was taken from the old version while the new one is tried the new one does not get; what was given it gets", async () => {
  const { scene, path } = await twoVersions({ capabilities: ["network", "filesystem", "display"] });
  await scene.desk((desk) => desk.revoke({ pluginId: "acme.x", capabilities: ["network"], by: "cli" }));
  const report = await installing(scene, path, async (trial, desk) => {
    expect(trial.to.grants).toEqual(["network", "filesystem", "display"]);
    await desk.revoke({ pluginId: "acme.x", capabilities: ["display"], by: "cli" });
    return await trial.hold();
  });
  expect(report).toMatchObject({ granted: ["network", "filesystem"], not_granted: ["display"] });
  expect(trustOf(scene).allow).toMatchObject([{ version: "1.1.0", grants: ["network", "filesystem"] }]);
});

test("a plugin that is taken out while another version is tried is out", async () => {
  const { scene, path } = await twoVersions();
  const failed = installing(scene, path, async (trial, desk) => {
    await desk.remove({ pluginId: "acme.x", by: "cli" });
    return await trial.hold();
  });
  await expect(failed).rejects.toMatchObject({ code: "rolled-back", reason: "not-installed" });
  expect(trustOf(scene).allow).toEqual([]);
  expect(readdirSync(scene.directory.store)).toEqual([]);
});

test.each(["main.mjs", "mimolo-plugin.json", "lib/extra.mjs"])(
  "a package whose %s changes while it is tried does not stay",
  async (name) => {
    const { scene, first, path } = await twoVersions();
    const failed = installing(scene, path, async (trial) => {
      const file = join(trial.folder, name);
      if (existsSync(file)) chmodSync(file, 0o644);
      chmodSync(join(trial.folder, "lib"), 0o755);
      writeFileSync(file, "process.exit(1)");
      return await trial.hold();
    });
    await expect(failed).rejects.toMatchObject({ code: "rolled-back" });
    await expectTakenBack(scene, first);
  },
);

test("nothing is kept once a trial is over", async () => {
  const { scene, path } = await twoVersions();
  const kept: Trial[] = [];
  const failed = installing(scene, path, (trial) => {
    kept.push(trial);
    return Promise.resolve("never mind");
  });
  await expect(failed).rejects.toMatchObject({ code: "rolled-back" });
  expect(await kept[0]?.hold()).toBe("its trial is over");
  expect(installedIn(scene)).toEqual(["1.0.0"]);
});

test("a trust file that is damaged while a version is tried is not written over, and nothing that was installed goes", async () => {
  const { scene, first, path } = await twoVersions();
  const failed = installing(scene, path, async (trial) => {
    writeFileSync(scene.directory.trustFile, '{ "format": 1 ');
    return await trial.hold();
  });
  await expect(failed).rejects.toMatchObject({ code: "rolled-back", reason: "not-written" });
  // Nobody can say what is allowed: the next start that can, clears.
  expect(storeOf(scene)).toContain(basename(first.path));
  expect(storeOf(scene)).toHaveLength(3);
});

test("one package at a time is tried; what else is asked for comes in after it", async () => {
  const { scene, path } = await twoVersions();
  const third = await scene.packed({ version: "1.2.0" });
  let running = 0;
  const reports = await withTrustDesk(
    scene.root,
    (desk) => Promise.all([path, third].map((each) => desk.install({ path: each, by: "cli" }))),
    {
      trial: async (trial) => {
        running++;
        await new Promise((resolve) => setImmediate(resolve));
        expect(running).toBe(1);
        running--;
        return await trial.hold();
      },
    },
  );
  expect(reports.map(({ replaced }) => replaced)).toEqual(["1.0.0", "1.1.0"]);
});

test("a first installation, the same package again and other grants for it are not tried", async () => {
  const scene = deskScene();
  await scene.trustAuthor();
  const path = await scene.packed({ capabilities: ["filesystem", "network"] });
  const never = () => Promise.reject(new Error("nobody is to try this"));
  expect(await installing(scene, path, never)).toMatchObject({ changed: true });
  expect(await installing(scene, path, never)).toMatchObject({ changed: false });
  await scene.desk((desk) => desk.revoke({ pluginId: "acme.x", capabilities: ["filesystem"], by: "cli" }));
  expect(await installing(scene, path, never)).toMatchObject({ changed: true, granted: ["network", "filesystem"] });
});

test("an older version that is meant is tried like any other", async () => {
  const { scene } = await twoVersions();
  const older = await scene.packed({ version: "0.9.0" });
  const refused = installing(scene, older, (trial) => trial.hold());
  await expect(refused).rejects.toMatchObject({ reason: "downgrade" });
  await installing(scene, older, (trial) => trial.hold(), { acceptDowngrade: true });
  expect(installedIn(scene)).toEqual(["0.9.0"]);
});

test("a version that others cannot run with is refused before it comes in, unless they are replaced as well", async () => {
  const scene = deskScene();
  await scene.trustAuthor();
  await scene.install(await scene.packed({ id: "acme.low", version: "1.2.0" }));
  await scene.install(await scene.packed({ id: "acme.mid", needs: { "acme.low": "^1" } }));
  await scene.install(await scene.packed({ id: "acme.late", needs: { "acme.low": "^3" } }));
  const next = await scene.packed({ id: "acme.low", version: "2.0.0" });
  await expect(scene.install(next)).rejects.toMatchObject({
    code: "dependency",
    reason: "conflict",
    message: "acme.mid → acme.low: acme.low ^1 is needed, this is 2.0.0; 1.2.0 stays as it is",
  });
  expect(storeOf(scene, "acme.low")).toHaveLength(1);
  expect(await deniedIn(scene)).toMatchObject([{ subject: "acme.low 2.0.0", verdict: "dependency" }]);
  // What wants another version anyway is no worse off.
  await installing(scene, next, (trial) => trial.hold(), { alongside: ["acme.mid"] });
  expect(trustOf(scene).allow).toContainEqual(expect.objectContaining({ plugin_id: "acme.low", version: "2.0.0" }));
});

test("what others need is not taken out, and they are named in the order in which they go", async () => {
  const scene = deskScene();
  await scene.trustAuthor();
  await scene.install(await scene.packed({ id: "acme.low" }));
  await scene.install(await scene.packed({ id: "acme.mid", needs: { "acme.low": "^1" } }));
  await scene.install(await scene.packed({ id: "acme.top", needs: { "acme.mid": "^1" } }));
  const remove = (pluginId: string) => scene.desk((desk) => desk.remove({ pluginId, by: "cli" }));
  await expect(remove("acme.low")).rejects.toMatchObject({
    code: "dependency",
    reason: "needed",
    message: "acme.low is needed by acme.mid, and so by acme.top; nothing was removed",
    hint: "remove them first: mimolo plugin remove acme.top",
  });
  for (const id of ["acme.top", "acme.mid", "acme.low"]) await remove(id);
  expect(readdirSync(scene.directory.store)).toEqual([]);
});

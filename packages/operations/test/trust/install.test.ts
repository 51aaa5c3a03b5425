import { appendFileSync, chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readTrust } from "@mimolo/trust";
import { checkFolder } from "@mimolo/trust/package";
import { expect, test } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { inspect, readDecisions, withTrustDesk } from "../../src/trust/index.ts";
import { deskScene } from "./desk-scene.ts";

const refused = (reason: string) => ({ code: "refused-by-trust", reason });

test("a package of a trusted author comes in, whole, and holds what is of low risk", async () => {
  const scene = deskScene();
  await scene.trustAuthor();
  const file = await scene.packed({ capabilities: ["network"], permissions: ["read-system-info", "read-data"] });
  const report = await scene.install(file);
  expect(report).toMatchObject({
    plugin_id: "acme.x",
    version: "1.0.0",
    verdict: "trusted",
    key_id: scene.author.keyId,
    granted: ["network", "read-system-info"],
    not_granted: ["read-data"],
    replaced: null,
    changed: true,
  });
  expect(report.path).toBe(join(scene.directory.store, "acme.x", `1.0.0-${report.digest.slice(0, 16)}`));
  const { installed, fault } = readDecisions(scene.directory);
  expect(fault).toBeNull();
  expect(installed).toMatchObject([
    { pluginId: "acme.x", version: "1.0.0", folder: report.path, digest: report.digest },
  ]);
  const [plugin] = installed;
  if (plugin !== undefined) expect(checkFolder(plugin.folder, plugin.manifest)).toMatchObject({ ok: true });
  expect(readdirSync(scene.directory.staging)).toEqual([]);
  expect(await scene.audited()).toEqual([`key ${scene.author.keyId}`, "install acme.x"]);
  expect(await scene.verify()).toMatchObject({ ok: true, days: [{ ledger: "audit", records: 2 }] });
});

test("the same package again changes nothing; a damaged copy is mended by it", async () => {
  const scene = deskScene();
  await scene.trustAuthor();
  const file = await scene.packed();
  const { path } = await scene.install(file);
  expect(await scene.install(file)).toMatchObject({ changed: false });
  const program = join(path, "main.mjs");
  chmodSync(program, 0o644);
  appendFileSync(program, "// more");
  expect(await scene.install(file)).toMatchObject({ changed: true, path });
  expect(readFileSync(program, "utf8")).toBe("process.exit()");
});

test("what is not trusted is refused in the words of its verdict, and that is on record", async () => {
  const scene = deskScene();
  const file = await scene.packed();
  await expect(scene.install(file)).rejects.toMatchObject(refused("unknown-key"));
  await expect(scene.install(await scene.packed({}, null))).rejects.toMatchObject(refused("unsigned"));
  await scene.trustAuthor(["other.*"]);
  await expect(scene.install(file)).rejects.toMatchObject(refused("out-of-scope"));
  await scene.desk((desk) => desk.revokeKey({ keyId: scene.author.keyId, why: "lost", by: "cli" }));
  await expect(scene.install(file)).rejects.toMatchObject(refused("revoked"));
  expect(existsSync(join(scene.directory.store, "acme.x"))).toBe(false);
  expect((await scene.audited()).filter((line) => line.startsWith("deny"))).toHaveLength(4);
});

test("a payload that is not what was signed leaves nothing behind", async () => {
  const scene = deskScene();
  await scene.trustAuthor();
  const bytes = readFileSync(await scene.packed({ program: "console.log('honest')" }));
  const at = bytes.indexOf("honest");
  bytes.write("twisty", at);
  const file = join(scene.folder, "twisted.mmpkg");
  writeFileSync(file, bytes);
  await expect(scene.install(file)).rejects.toMatchObject(refused("modified"));
  expect(readdirSync(scene.directory.store)).toEqual([]);
  expect(readdirSync(scene.directory.staging)).toEqual([]);
});

test("what is no package at all says which rule it breaks", async () => {
  const scene = deskScene();
  const file = join(scene.folder, "nothing.mmpkg");
  writeFileSync(file, "PK, but not really");
  const broken = { code: "bad-package", reason: expect.any(String) as string };
  await expect(scene.install(file)).rejects.toMatchObject(broken);
  await expect(scene.install(join(scene.folder, "absent"))).rejects.toMatchObject({ reason: "not-found" });
  await expect(inspect(scene.root, file)).rejects.toMatchObject(broken);
});

test("a package of another id than the one asked for is refused", async () => {
  const scene = deskScene();
  await scene.trustAuthor();
  const path = await scene.packed();
  const asked = scene.desk((desk) => desk.install({ path, pluginId: "acme.y", by: "api" }));
  await expect(asked).rejects.toMatchObject({ code: "bad-package", reason: "other-plugin" });
});

test("what asks for more than low risk waits for consent, and nothing is installed until then", async () => {
  const scene = deskScene();
  await scene.trustAuthor();
  const file = await scene.packed({ capabilities: ["network", "filesystem", "subprocess"] });
  expect(await inspect(scene.root, file)).toMatchObject({
    verdict: "trusted",
    requested: ["network", "filesystem", "subprocess"],
    granted: ["network"],
    wantsConsent: ["filesystem", "subprocess"],
    signedBy: { label: "Acme" },
    installed: null,
  });
  await expect(scene.install(file, { grants: ["filesystem"] })).rejects.toMatchObject({
    code: "needs-consent",
    message: "acme.x 1.0.0 asks for subprocess; nothing was installed",
    hint: expect.stringContaining("--grant filesystem subprocess") as string,
  });
  await expect(scene.install(file, { grants: ["midi"] })).rejects.toMatchObject({ code: "bad-grant" });
  expect(readdirSync(scene.directory.store)).toEqual([]);
  expect(await scene.install(file, { grants: "all" })).toMatchObject({
    granted: ["network", "filesystem", "subprocess"],
  });
  expect((await scene.audited()).slice(-2)).toEqual(["approve acme.x", "install acme.x"]);
});

test.runIf(needs("python3"))("a plugin of Python's comes in where the Python is that it wants", async () => {
  const scene = deskScene();
  await scene.trustAuthor();
  const tooNew = await scene.packed({ python: ">=99" });
  expect(await inspect(scene.root, tooNew)).toMatchObject({ verdict: "incompatible" });
  await expect(scene.install(tooNew)).rejects.toMatchObject(refused("incompatible"));
  expect(await scene.install(await scene.packed({ python: ">=3.6" }))).toMatchObject({ verdict: "trusted" });
});

test("what may wait comes in without consent and holds nothing risky; its updates ask for no more than it did", async () => {
  const scene = deskScene();
  await scene.trustAuthor();
  const file = await scene.packed({ capabilities: ["network", "filesystem"] });
  expect(await scene.install(file, { mayWait: true })).toMatchObject({
    granted: ["network"],
    not_granted: ["filesystem"],
    changed: true,
  });
  expect(await scene.audited()).not.toContain("approve acme.x");
  const update = await scene.packed({ version: "1.1.0", capabilities: ["network", "filesystem", "display"] });
  await expect(scene.install(update, { mayWait: true })).rejects.toMatchObject({ code: "needs-consent" });
  const granted = await scene.desk((desk) =>
    desk.grant({ pluginId: "acme.x", capabilities: ["filesystem"], by: "cli" }),
  );
  expect(granted).toMatchObject({ granted: ["network", "filesystem"], not_granted: [] });
});

test("an update that asks for more waits: the old version stays", async () => {
  const scene = deskScene();
  await scene.trustAuthor();
  const old = await scene.install(await scene.packed({ capabilities: ["filesystem"] }), { grants: ["filesystem"] });
  const update = await scene.packed({ version: "1.1.0", capabilities: ["filesystem", "display"] });
  await expect(scene.install(update)).rejects.toMatchObject({
    code: "needs-consent",
    message: "acme.x 1.1.0 asks for display, which 1.0.0 did not; 1.0.0 stays as it is until you agree",
  });
  expect(readDecisions(scene.directory).installed).toMatchObject([{ version: "1.0.0", digest: old.digest }]);
  expect(await scene.install(update, { grants: ["display"] })).toMatchObject({
    version: "1.1.0",
    replaced: "1.0.0",
    granted: ["filesystem", "display"],
  });
  expect(readDecisions(scene.directory).installed).toMatchObject([{ version: "1.1.0" }]);
});

test("an update gives back nothing that was taken away, and does not wait for it", async () => {
  const scene = deskScene();
  await scene.trustAuthor();
  await scene.install(await scene.packed({ capabilities: ["network", "filesystem"] }), { grants: "all" });
  await scene.desk((desk) => desk.revoke({ pluginId: "acme.x", capabilities: ["network", "filesystem"], by: "cli" }));
  const update = await scene.packed({ version: "1.0.1", capabilities: ["network", "filesystem", "midi"] });
  expect(await scene.install(update)).toMatchObject({ granted: ["midi"], not_granted: ["network", "filesystem"] });
});

test("going back to an older version wants to be meant", async () => {
  const scene = deskScene();
  await scene.trustAuthor();
  const old = await scene.packed({ version: "1.0.0" });
  await scene.install(await scene.packed({ version: "2.0.0" }));
  await expect(scene.install(old)).rejects.toMatchObject(refused("downgrade"));
  expect(await inspect(scene.root, old)).toMatchObject({ verdict: "downgrade", installed: "2.0.0" });
  expect(await scene.install(old, { acceptDowngrade: true })).toMatchObject({ version: "1.0.0", replaced: "2.0.0" });
  await scene.desk((desk) => desk.remove({ pluginId: "acme.x", by: "cli" }));
  expect(existsSync(join(scene.directory.store, "acme.x"))).toBe(false);
  expect(readTrust(scene.directory.trustFile).allow).toEqual([]);
  await expect(scene.desk((desk) => desk.remove({ pluginId: "acme.x", by: "cli" }))).rejects.toMatchObject({
    code: "not-installed",
  });
});

test("where low risk is not granted by itself, it is asked about too", async () => {
  const scene = deskScene();
  await scene.trustAuthor();
  const path = await scene.packed({ capabilities: ["network"] });
  const asked = withTrustDesk(scene.root, (desk) => desk.install({ path, by: "cli" }), { autoGrantLow: () => false });
  await expect(asked).rejects.toMatchObject({ code: "needs-consent" });
  const seen = await inspect(scene.root, path, { autoGrantLow: false });
  expect(seen).toMatchObject({ granted: [], wantsConsent: ["network"] });
});

import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { judgeConfig, judgeScript, parseSecretKeyFile, readTrust } from "@mimolo/trust";
import { expect, test } from "vitest";
import { hashedFile } from "../../src/agents/plan/hashed-file.ts";
import { readDecisions } from "../../src/trust/index.ts";
import { type DeskScene, deskScene } from "./desk-scene.ts";

const trustOf = (scene: DeskScene) => readTrust(scene.directory.trustFile);
const found = (path: string) => ({ path, sha256: hashedFile(path)?.sha256 ?? null });

/** A script in a folder of the scene. */
function script(scene: DeskScene, name: string, text: string): string {
  const path = join(scene.folder, name);
  writeFileSync(path, text);
  return path;
}

test("an own script is allowed by exactly its bytes, signed by a key that is made on the way", async () => {
  const scene = deskScene();
  const path = script(scene, "agent.py", "print()");
  const report = await scene.desk((desk) => desk.allow({ path, grants: ["network"], by: "cli" }));
  expect(report).toMatchObject({ kind: "script", path, granted: ["network"], notes: [] });
  const trust = trustOf(scene);
  expect(trust.keys).toMatchObject([{ key_id: report.key_id, source: "self", scope: ["local.*"] }]);
  expect(judgeScript(found(path), trust).verdict).toBe("trusted");
  if (process.platform !== "win32") expect(statSync(scene.directory.trustFile).mode & 0o777).toBe(0o600);
  writeFileSync(path, "print(1)");
  expect(judgeScript(found(path), trust).verdict).toBe("modified");
  const again = await scene.desk((desk) => desk.allow({ path, by: "cli" }));
  expect(again).toMatchObject({ key_id: report.key_id, granted: [] });
  expect(judgeScript(found(path), trustOf(scene)).verdict).toBe("trusted");
  expect(await scene.audited()).toEqual([`key ${report.key_id}`, `allow ${path}`, `allow ${path}`]);
});

test.each([
  ["agent.sh", "echo"],
  ["agent", "#!/bin/sh\necho"],
  ["agent", "#!/usr/bin/env -S bash -e\necho"],
])("a shell script (%s, %j) may start programs, and that is said", async (name, text) => {
  const scene = deskScene();
  const path = script(scene, name, text);
  const report = await scene.desk((desk) => desk.allow({ path, by: "cli" }));
  expect(report).toMatchObject({ granted: ["subprocess"], notes: [expect.stringContaining("other programs")] });
});

test("a folder stands for its configuration", async () => {
  const scene = deskScene();
  const folder = join(scene.folder, "project");
  mkdirSync(folder);
  const refused = scene.desk((desk) => desk.allow({ path: folder, by: "cli" }));
  await expect(refused).rejects.toMatchObject({ code: "not-allowable" });
  const path = script(scene, "project/mimolo.toml", "[monitor]\n");
  const report = await scene.desk((desk) => desk.allow({ path: folder, by: "cli" }));
  expect(report).toMatchObject({ kind: "config", path, granted: [] });
  expect(judgeConfig(found(path), trustOf(scene)).verdict).toBe("trusted");
});

test("what cannot be allowed says why and leaves nothing", async () => {
  const scene = deskScene();
  const absent = scene.desk((desk) => desk.allow({ path: join(scene.folder, "absent"), by: "cli" }));
  await expect(absent).rejects.toMatchObject({ code: "not-allowable" });
  const path = script(scene, "agent.py", "");
  const unknown = scene.desk((desk) => desk.allow({ path, grants: ["everything"], by: "cli" }));
  await expect(unknown).rejects.toMatchObject({ code: "bad-grant" });
  expect(existsSync(scene.directory.trustFile)).toBe(false);
});

test("a new key is pinned for its scope, in minisign's format, and found by its id", async () => {
  const scene = deskScene();
  const made = await scene.desk((desk) => desk.newKey({ label: "mine", scope: ["acme.*"], by: "cli" }));
  expect(made.path).toBe(join(scene.directory.keys, `${made.key_id}.key`));
  expect(parseSecretKeyFile(readFileSync(made.path, "utf8"))).toMatchObject({ ok: true });
  expect(await scene.desk((desk) => desk.keys())).toMatchObject([{ key_id: made.key_id, source: "pinned" }]);
  const bad = scene.desk((desk) => desk.newKey({ scope: ["Acme"], by: "cli" }));
  await expect(bad).rejects.toMatchObject({ code: "bad-key" });
  const revoked = await scene.desk((desk) => desk.revokeKey({ keyId: made.key_id.toLowerCase(), by: "cli" }));
  expect(revoked.revoked).toBeDefined();
  const absent = scene.desk((desk) => desk.revokeKey({ keyId: "0".repeat(16), by: "cli" }));
  await expect(absent).rejects.toMatchObject({ code: "unknown-key" });
  const weak = Buffer.concat([Buffer.from("Ed"), Buffer.alloc(8, 1), Buffer.from([1]), Buffer.alloc(31)]);
  const refused = scene.desk((desk) => desk.trustKey({ publicKey: weak.toString("base64"), by: "cli" }));
  await expect(refused).rejects.toMatchObject({ code: "bad-key" });
});

test("grants of a plugin and of a script are given and taken, and only what was asked for", async () => {
  const scene = deskScene();
  await scene.trustAuthor();
  await scene.install(await scene.packed({ capabilities: ["network", "filesystem"] }), { grants: "all" });
  const path = script(scene, "agent.py", "");
  await scene.desk((desk) => desk.allow({ path, by: "cli" }));
  const pluginId = "acme.x";
  const held = await scene.desk((desk) => desk.revoke({ pluginId, capabilities: ["filesystem"], by: "cli" }));
  expect(held).toEqual({ plugin_id: pluginId, granted: ["network"], not_granted: ["filesystem"] });
  const unasked = scene.desk((desk) => desk.grant({ pluginId, capabilities: ["midi"], by: "cli" }));
  await expect(unasked).rejects.toMatchObject({ code: "bad-grant", message: "acme.x does not ask for midi" });
  await scene.desk((desk) => desk.grant({ pluginId, capabilities: ["filesystem"], by: "cli" }));
  await scene.desk((desk) => desk.grant({ pluginId: path, capabilities: ["midi"], by: "api" }));
  expect((await scene.desk((desk) => desk.grants())).map(({ id }) => id)).toEqual([
    "acme.x:network",
    "acme.x:filesystem",
    `${path}:midi`,
  ]);
  expect(judgeScript(found(path), trustOf(scene)).verdict).toBe("trusted");
  expect(await scene.desk((desk) => desk.revoke({ pluginId, capabilities: [], by: "cli" }))).toMatchObject({
    granted: [],
  });
  const absent = scene.desk((desk) => desk.grant({ pluginId: "acme.y", capabilities: ["midi"], by: "cli" }));
  await expect(absent).rejects.toMatchObject({ code: "not-installed" });
});

test("a grant says when and by whom it was given the last time, not the first", async () => {
  const scene = deskScene();
  await scene.trustAuthor();
  await scene.install(await scene.packed({ capabilities: ["network", "filesystem"] }), { grants: "all" });
  const pluginId = "acme.x";
  const [installed] = await scene.desk((desk) => desk.grants());
  await scene.desk((desk) => desk.revoke({ pluginId, capabilities: ["filesystem"], by: "cli" }));
  const beganMs = Date.now();
  await scene.desk((desk) => desk.grant({ pluginId, capabilities: ["filesystem"], by: "api" }));
  const [network, filesystem] = await scene.desk((desk) => desk.grants());
  expect(network).toEqual(installed);
  expect(filesystem).toMatchObject({ capability: "filesystem", by: "api" });
  expect(Date.parse(filesystem?.at ?? "")).toBeGreaterThanOrEqual(beganMs);
});

test("two who change trust at once both come through, one after the other", async () => {
  const scene = deskScene();
  const paths = ["a.py", "b.py", "c.py", "d.py"].map((name) => script(scene, name, name));
  const [first = "", second = "", ...rest] = paths;
  await Promise.all([
    scene.desk((desk) => Promise.all([first, second].map((path) => desk.allow({ path, by: "cli" })))),
    ...rest.map((path) => scene.desk((desk) => desk.allow({ path, by: "cli" }))),
  ]);
  const { allow, keys } = trustOf(scene);
  expect(new Set(allow.map(({ path }) => path))).toEqual(new Set(paths));
  expect(keys).toHaveLength(1);
  expect(await scene.verify()).toMatchObject({ ok: true, days: [{ records: 5 }] });
});

const damages: readonly (readonly [string, (text: string) => string])[] = [
  ["torn", (text) => text.slice(0, -20)],
  ["of another format", (text) => text.replace('"format": 1', '"format": 2')],
  ["with a word too many", (text) => text.replace('"label"', '"lable"')],
  ["empty", () => ""],
];

test.each(damages)(
  "a trust file that is %s trusts nobody, says where and what helps, and is never written over",
  async (_, damage) => {
    const scene = deskScene();
    await scene.trustAuthor();
    await scene.install(await scene.packed());
    const { trustFile } = scene.directory;
    const damaged = damage(readFileSync(trustFile, "utf8"));
    writeFileSync(trustFile, damaged);
    const { trust, installed, fault, problems } = readDecisions(scene.directory);
    expect([trust.keys, trust.allow]).toEqual([[], []]);
    expect(installed).toMatchObject([{ pluginId: "acme.x", version: "1.0.0", keyId: null }]);
    expect(fault).toMatch(/trust\.json:\d+: .*Mend it, or move it away/);
    expect(problems).toMatchObject([{ path: trustFile, code: "trust-file-unreadable" }]);
    const path = script(scene, "agent.py", "");
    const refused = scene.desk((desk) => desk.allow({ path, by: "cli" }));
    await expect(refused).rejects.toMatchObject({ code: "trust-unreadable" });
    expect(readFileSync(trustFile, "utf8")).toBe(damaged);
  },
);

test.runIf(process.platform !== "win32")("a trust file that others can write trusts nobody", async () => {
  const scene = deskScene();
  await scene.trustAuthor();
  chmodSync(scene.directory.trustFile, 0o666);
  expect(readDecisions(scene.directory).fault).toContain("can be written by others");
  const path = script(scene, "agent.py", "");
  const refused = scene.desk((desk) => desk.allow({ path, by: "cli" }));
  await expect(refused).rejects.toMatchObject({ code: "trust-unreadable", reason: "trust-file-unsafe" });
});

import { createHash } from "node:crypto";
import { chmodSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadOrCreateKey, verifyFile } from "../../src/index.ts";
import { openPackage, PackageError, packPlugin, signPackage } from "../../src/package/index.ts";
import { authorFolder, PLUGIN_TOML, temporaryFolder, writeFiles } from "./folders.ts";

const keyIn = (folder: string) =>
  loadOrCreateKey({ secretFile: join(folder, "k.key"), publicFile: join(folder, "k.pub"), comment: "test" });

const packed = async (directory: string) => {
  const { bytes, fileName } = await packPlugin({ directory });
  const path = join(temporaryFolder(), fileName);
  writeFileSync(path, bytes);
  return path;
};

test("the manifest is the author's file with what only packing knows", async () => {
  const { manifest, manifestBytes, fileName, digest, signatureText, warnings } = await packPlugin({
    directory: authorFolder(),
  });
  expect(fileName).toBe("acme.http-request-1.0.0.mmpkg");
  expect(digest).toBe(createHash("sha256").update(manifestBytes).digest("hex"));
  expect(signatureText).toBeNull();
  expect(warnings).toEqual([]);
  expect(JSON.parse(manifestBytes.toString())).toMatchObject({
    manifest_version: "1.0",
    capabilities: { network: true },
    interfaces: ["data_provider", "action"],
    engines: { mimolo: ">=0.4" },
    runtime: "node",
  });
  expect(manifest.files.map(({ path }) => path)).toEqual(["lib/deep/part.mjs", "main.mjs"]);
  expect(manifest).not.toHaveProperty("created_at");
});

test("the same files give the same bytes, and the date is SOURCE_DATE_EPOCH's", async () => {
  const one = await packPlugin({ directory: authorFolder() });
  const other = await packPlugin({ directory: authorFolder(), env: {} });
  expect(other.bytes.equals(one.bytes)).toBe(true);
  const env = { SOURCE_DATE_EPOCH: "1700000000" };
  const dated = await packPlugin({ directory: authorFolder(), env });
  expect(dated.manifest.created_at).toBe("2023-11-14T22:13:20Z");
  await expect(packPlugin({ directory: authorFolder(), env: { SOURCE_DATE_EPOCH: "today" } })).rejects.toMatchObject({
    code: "bad-date",
  });
});

test("what nobody means to publish is left out", async () => {
  const directory = authorFolder({
    ".env": "SECRET=1",
    ".git/config": "",
    "node_modules/a/index.js": "",
    "lib/node_modules/b/index.js": "",
    "old.mmpkg": "",
    "mimolo-plugin.json": "{}",
    "mimolo-plugin.json.minisig": "",
    "keys/0123.key": "",
    "__pycache__/a.pyc": "",
    "README.md": "read me",
  });
  const { manifest } = await packPlugin({ directory });
  expect(manifest.files.map(({ path }) => path)).toEqual(["README.md", "lib/deep/part.mjs", "main.mjs"]);
});

test("executables stay executable", async () => {
  const directory = authorFolder({ "run.sh": "#!/bin/sh\n" });
  chmodSync(join(directory, "run.sh"), 0o755);
  const { manifest } = await packPlugin({ directory });
  expect(manifest.files.filter(({ exec }) => exec).map(({ path }) => path)).toEqual(["run.sh"]);
});

test("a link is refused by its name", async () => {
  const directory = authorFolder();
  symlinkSync("/etc/passwd", join(directory, "notes.txt"));
  await expect(packPlugin({ directory })).rejects.toThrow('"notes.txt" is a link');
});

test("what is wrong with the author's file is told with file, line and field", async () => {
  const directory = writeFiles(temporaryFolder(), { "plugin.toml": PLUGIN_TOML.replace("version =", "verson =") });
  const refused = await packPlugin({ directory }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(PackageError);
  expect((refused as PackageError).code).toBe("bad-plugin-file");
  expect((refused as PackageError).message).toContain(
    `plugin.toml:4: unknown key "verson" in plugin, did you mean "version"?`,
  );
  await expect(
    packPlugin({ directory: writeFiles(temporaryFolder(), { "plugin.toml": PLUGIN_TOML, "mian.mjs": "" }) }),
  ).rejects.toMatchObject({
    code: "missing-file",
    message: expect.stringMatching(/plugin\.toml:6: plugin\.entry names main\.mjs, .*, did you mean "mian\.mjs"\?$/),
  });
});

test("a signed package carries its publisher and a signature that minisign would accept", async () => {
  const sign = keyIn(temporaryFolder());
  const { manifest, manifestBytes, signatureText } = await packPlugin({ directory: authorFolder(), sign });
  expect(manifest.publisher).toEqual({ key_id: sign.keyId });
  const { publicKey } = sign;
  expect(verifyFile({ publicKey, bytes: manifestBytes, signatureText: signatureText ?? "" })).toEqual({
    ok: true,
    keyId: sign.keyId,
    trustedComment: "acme.http-request 1.0.0",
  });
});

test("a package is signed later without changing its digest, as an archive and as a folder", async () => {
  const key = keyIn(temporaryFolder());
  const path = await packed(authorFolder());
  const before = await openPackage(path);
  const folder = join(temporaryFolder(), "unpacked");
  expect(await before.stage(folder)).toEqual({ ok: true });
  before.close();
  const signed = await signPackage({ path, key });
  expect(signed.path).toBe(path);
  const after = await openPackage(path);
  expect(Buffer.from(after.manifestBytes).equals(before.manifestBytes)).toBe(true);
  expect(after.signatureText).toBe(signed.signatureText);
  expect(await after.check()).toEqual({ ok: true });
  after.close();
  const inFolder = await signPackage({ path: folder, key });
  expect(inFolder.digest).toBe(signed.digest);
  expect(readFileSync(inFolder.path, "utf8")).toBe(inFolder.signatureText);
  expect(await (await openPackage(folder)).check()).toEqual({ ok: true });
});

test("only what is intact is signed, and only by the publisher it names", async () => {
  const key = keyIn(temporaryFolder());
  const path = await packed(authorFolder());
  const folder = join(temporaryFolder(), "unpacked");
  const before = await openPackage(path);
  await before.stage(folder);
  before.close();
  writeFiles(folder, { "more.mjs": "" });
  await expect(signPackage({ path: folder, key })).rejects.toMatchObject({ code: "not-intact" });
  const { bytes } = await packPlugin({ directory: authorFolder(), sign: keyIn(temporaryFolder()) });
  writeFileSync(path, bytes);
  await expect(signPackage({ path, key })).rejects.toMatchObject({ code: "other-publisher" });
});

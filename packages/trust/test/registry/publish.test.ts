import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openPackage } from "../../src/package/index.ts";
import { writeArchive } from "../../src/package/write-archive.ts";
import { checkedPackage, publish, readSources } from "../../src/registry/index.ts";
import { temporaryFolder, writeFiles } from "../package/folders.ts";
import { freshKey, LATER, trusted } from "../samples.ts";
import { author, entry, indexIn, packageFile, pluginFolder, registryOf } from "./registries.ts";

const sha256Of = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");
const registry = () => join(temporaryFolder(), "registry");
const codeOf = (options: Parameters<typeof publish>[0]) =>
  publish(options).then(
    () => "published",
    (error: { code: string }) => error.code,
  );

test("what is published is offered as it is", async () => {
  const packagePath = await packageFile({ description: "Watches\\ta \\u001b[31minbox" });
  const directory = join(temporaryFolder(), "new", "registry");
  const report = await publish({ packagePath, directory });
  const sha256 = sha256Of(packagePath);
  expect(report).toEqual({
    plugin_id: "acme.inbox",
    version: "1.0.0",
    key_id: author.keyId,
    sha256,
    path: join(directory, "acme.inbox-1.0.0.mmpkg"),
    index: join(directory, "index.json"),
    changed: true,
  });
  const { offers, problems } = readSources([directory]);
  expect(problems).toEqual([]);
  const description = "Watches a [31minbox";
  expect(offers).toMatchObject([
    { pluginId: "acme.inbox", version: "1.0.0", description, capabilities: ["network"], keyId: author.keyId, sha256 },
  ]);
  for (const offer of offers) expect(sha256Of(await checkedPackage(offer))).toBe(sha256);
  expect(readdirSync(directory).toSorted()).toEqual(["acme.inbox-1.0.0.mmpkg", "index.json"]);
});

test("the index has the fields of the format, a line for each version, sorted by id and then by version", async () => {
  const directory = await registryOf(
    { version: "1.10.0" },
    { id: "acme.zoo" },
    { version: "1.9.0" },
    { version: "1.10.0-rc.1" },
  );
  const { plugins } = indexIn(directory);
  expect(plugins.map(({ id, version }) => `${String(id)} ${String(version)}`)).toEqual([
    "acme.inbox 1.9.0",
    "acme.inbox 1.10.0-rc.1",
    "acme.inbox 1.10.0",
    "acme.zoo 1.0.0",
  ]);
  expect(Object.keys(plugins[0] ?? {})).toEqual([
    "id",
    "version",
    "file",
    "sha256",
    "key_id",
    "capabilities",
    "description",
  ]);
  expect(readFileSync(join(directory, "index.json"), "utf8").split("\n")).toHaveLength(4 + plugins.length + 1);
});

test("the same package again changes nothing, and puts back what got lost or damaged", async () => {
  const packagePath = await packageFile();
  const directory = registry();
  const { path } = await publish({ packagePath, directory });
  const index = readFileSync(join(directory, "index.json"));
  expect((await publish({ packagePath, directory })).changed).toBe(false);
  rmSync(path);
  expect((await publish({ packagePath, directory })).changed).toBe(true);
  expect(sha256Of(path)).toBe(sha256Of(packagePath));
  rmSync(path);
  writeFileSync(path, "damaged");
  expect((await publish({ packagePath, directory })).changed).toBe(true);
  expect(sha256Of(path)).toBe(sha256Of(packagePath));
  expect(readFileSync(join(directory, "index.json"))).toEqual(index);
});

test("a version never changes: not by other files, not by another key, not by an index that lost it", async () => {
  const directory = await registryOf({});
  const before = sha256Of(join(directory, "acme.inbox-1.0.0.mmpkg"));
  const changed = await packageFile({ program: "console.log(2);\n" });
  expect(await codeOf({ packagePath: changed, directory })).toBe("version-taken");
  expect(await codeOf({ packagePath: await packageFile({ key: freshKey() }), directory })).toBe("version-taken");
  writeFileSync(join(directory, "index.json"), '{"plugins":[]}');
  expect(await codeOf({ packagePath: changed, directory })).toBe("version-taken");
  expect(sha256Of(join(directory, "acme.inbox-1.0.0.mmpkg"))).toBe(before);
  expect((await publish({ packagePath: await packageFile(), directory })).changed).toBe(true);
  expect(readSources([directory]).offers).toHaveLength(1);
});

test("only what is signed and whole is published, and of the rest nothing stays there", async () => {
  const directory = registry();
  expect(await codeOf({ packagePath: await packageFile({ key: null }), directory })).toBe("unsigned");
  expect(await codeOf({ packagePath: pluginFolder(), directory })).toBe("unsigned");
  const cut = await packageFile();
  writeFileSync(cut, readFileSync(cut).subarray(0, -30));
  expect(await codeOf({ packagePath: cut, directory })).toMatch(/truncated|not-an-archive/);
  const patched = await packageFile();
  writeFileSync(
    patched,
    Buffer.from(readFileSync(patched, "latin1").replace("console.log(1)", "console.log(2)"), "latin1"),
  );
  expect(await codeOf({ packagePath: patched, directory })).toBe("not-intact");
  expect(await codeOf({ packagePath: join(directory, "gone.mmpkg"), directory })).toBe("not-found");
  expect(await codeOf({ packagePath: temporaryFolder(), directory })).toBe("no-manifest");
  expect(readdirSync(directory)).toEqual([]);
});

test("a signature is held to the key, where that is known", async () => {
  const directory = registry();
  const packagePath = await packageFile();
  const stranger = freshKey();
  const badly = join(temporaryFolder(), "forged.mmpkg");
  const opened = await openPackage(packagePath);
  writeFileSync(
    badly,
    await writeArchive([
      { name: "mimolo-plugin.json", bytes: Buffer.from(opened.manifestBytes), exec: false },
      {
        name: "mimolo-plugin.json.minisig",
        bytes: Buffer.from(author.signFile(Buffer.from("another"), "acme.inbox 1.0.0")),
        exec: false,
      },
      { name: "main.mjs", bytes: await opened.read("main.mjs"), exec: false },
    ]),
  );
  opened.close();
  const revoked = trusted(author, { revoked: { at: LATER } });
  const expired = trusted(author, { expires_at: "2020-01-01T00:00:00Z" });
  expect(await codeOf({ packagePath, directory, keys: [revoked] })).toBe("revoked");
  expect(await codeOf({ packagePath, directory, keys: [expired] })).toBe("expired");
  expect(await codeOf({ packagePath: badly, directory, keys: [trusted(author)] })).toBe("bad-signature");
  expect(existsSync(join(directory, "index.json"))).toBe(false);
  // For whom a key may speak is for those who install to say.
  expect(await codeOf({ packagePath, directory, keys: [trusted(author, { scope: ["local.*"] })] })).toBe("published");
  const other = await packageFile({ version: "1.1.0", key: stranger });
  expect(await codeOf({ packagePath: other, directory, keys: [trusted(author)] })).toBe("published");
});

test("a folder is packed on the way: an author's with a key, an unpacked package as it is", async () => {
  const directory = registry();
  const folder = pluginFolder();
  const report = await publish({ packagePath: folder, directory, sign: author });
  expect(report.sha256).toBe(sha256Of(await packageFile()));
  const opened = await openPackage(await packageFile({ version: "1.1.0" }));
  const unpacked = join(temporaryFolder(), "unpacked");
  await opened.stage(unpacked);
  opened.close();
  const again = await publish({ packagePath: unpacked, directory });
  expect(again.sha256).toBe(sha256Of(await packageFile({ version: "1.1.0" })));
  expect(readSources([directory]).offers.map(({ version }) => version)).toEqual(["1.0.0", "1.1.0"]);
});

test("what others wrote into an index stays there, whether it can be read or not", async () => {
  const more = entry({ id: "acme.aa", signed_by: "somebody" });
  const plugins = [{ id: "Not.An.Id", what: 1 }, more, 7];
  const directory = writeFiles(temporaryFolder(), { "index.json": JSON.stringify({ title: "Ours", plugins }) });
  await publish({ packagePath: await packageFile(), directory });
  const index = indexIn(directory);
  expect(index).toMatchObject({ title: "Ours" });
  expect(index.plugins).toHaveLength(4);
  expect(index.plugins).toEqual(expect.arrayContaining(plugins));
  expect(readSources([directory]).offers.map(({ pluginId }) => pluginId)).toEqual(["acme.aa", "acme.inbox"]);
});

test("an index that cannot be read is never written over", async () => {
  const packagePath = await packageFile();
  const doubled = JSON.stringify({ plugins: [entry()] }).replace('"id"', '"id":"x","id"');
  for (const text of ["{", "[]", '{"plugins":{}}', doubled, `{"plugins":${"[".repeat(99)}${"]".repeat(99)}}`]) {
    const directory = writeFiles(temporaryFolder(), { "index.json": text });
    expect(await codeOf({ packagePath, directory })).toBe("registry-unreadable");
    expect(readFileSync(join(directory, "index.json"), "utf8")).toBe(text);
    expect(readdirSync(directory)).toEqual(["index.json"]);
  }
});

test("a name that leads elsewhere is not written through", async () => {
  const directory = registry();
  const elsewhere = join(temporaryFolder(), "victim");
  writeFileSync(elsewhere, "precious");
  await publish({ packagePath: await packageFile({ version: "2.0.0" }), directory });
  symlinkSync(elsewhere, join(directory, "acme.inbox-1.0.0.mmpkg"));
  expect(await codeOf({ packagePath: await packageFile(), directory })).toBe("version-taken");
  expect(readFileSync(elsewhere, "utf8")).toBe("precious");
  const packagePath = await packageFile({ version: "3.0.0" });
  const outside = temporaryFolder();
  symlinkSync(outside, join(directory, "sub"));
  const listed = entry({ version: "3.0.0", file: "sub/x.mmpkg", sha256: sha256Of(packagePath) });
  writeFileSync(join(directory, "index.json"), JSON.stringify({ plugins: [listed] }));
  expect(await codeOf({ packagePath, directory })).toBe("outside-registry");
  expect(readdirSync(outside)).toEqual([]);
});

test("a folder that cannot be one is said so", async () => {
  const file = join(temporaryFolder(), "file");
  writeFileSync(file, "");
  expect(await codeOf({ packagePath: await packageFile(), directory: join(file, "registry") })).toBe(
    "registry-unwritable",
  );
});

test("whoever publishes waits for others, but not for the dead", async () => {
  const directory = await registryOf({});
  const lock = join(directory, ".publishing");
  const packagePath = await packageFile({ version: "1.1.0" });
  writeFileSync(lock, JSON.stringify({ host: "another-machine", pid: 1, turn: "a" }));
  expect(await codeOf({ packagePath, directory, patienceMs: 60 })).toBe("registry-busy");
  expect(readFileSync(lock, "utf8")).toContain("another-machine");
  const longAgo = Date.now() / 1000 - 120;
  utimesSync(lock, longAgo, longAgo);
  expect(await codeOf({ packagePath, directory })).toBe("published");
  // Cut off before it said whose it is.
  writeFileSync(lock, "");
  const aLittleAgo = Date.now() / 1000 - 10;
  utimesSync(lock, aLittleAgo, aLittleAgo);
  expect(await codeOf({ packagePath: await packageFile({ version: "1.2.0" }), directory })).toBe("published");
  expect(readdirSync(directory).filter((name) => name.startsWith("."))).toEqual([]);
});

test("drafts of publishers that were cut off are cleared, once they are old", async () => {
  const directory = await registryOf({});
  writeFiles(directory, { ".mimolo-draft-old": "x", ".mimolo-draft-new": "x", "README.md": "ours" });
  const longAgo = Date.now() / 1000 - 7200;
  utimesSync(join(directory, ".mimolo-draft-old"), longAgo, longAgo);
  await publish({ packagePath: await packageFile({ version: "1.1.0" }), directory });
  expect(readdirSync(directory).toSorted()).toEqual([
    ".mimolo-draft-new",
    "README.md",
    "acme.inbox-1.0.0.mmpkg",
    "acme.inbox-1.1.0.mmpkg",
    "index.json",
  ]);
});

test("many at once are all kept", async () => {
  const directory = registry();
  const versions = Array.from({ length: 12 }, (_, at) => `1.${at}.0`);
  const packages = await Promise.all(versions.map((version) => packageFile({ version })));
  const reports = await Promise.all(packages.map((packagePath) => publish({ packagePath, directory })));
  expect(reports.every(({ changed }) => changed)).toBe(true);
  expect(readSources([directory]).offers.map(({ version }) => version)).toEqual(versions);
});

import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readSources } from "../../src/registry/index.ts";
import { temporaryFolder, writeFiles } from "../package/folders.ts";
import { entry, indexOf } from "./registries.ts";

const textIndex = (text: string | Uint8Array) => writeFiles(temporaryFolder(), { "index.json": text });
const codesOf = (folder: string) => readSources([folder]).problems.map(({ code }) => code);

test("a sound entry is offered, and fields that later versions add are passed over", () => {
  const folder = indexOf(entry({ published_at: "2026-11-21T00:00:00Z", nested: { deeply: [1] } }));
  const { offers, problems } = readSources([folder]);
  expect(problems).toEqual([]);
  expect(offers).toEqual([
    {
      pluginId: "acme.inbox",
      version: "1.0.0",
      description: "Watches an inbox",
      capabilities: ["network"],
      keyId: "0123456789ABCDEF",
      sha256: entry()["sha256"],
      source: folder,
      folder,
      path: join(folder, "acme.inbox-1.0.0.mmpkg"),
    },
  ]);
});

test("capabilities may be the switches that manifests have", () => {
  const { offers } = readSources([indexOf(entry({ capabilities: { network: true, audio: false, filesystem: true } }))]);
  expect(offers[0]?.capabilities).toEqual(["network", "filesystem"]);
});

const bad: Readonly<Record<string, readonly [unknown, string, string]>> = {
  "no object": [7, "invalid-value", "is no object"],
  "a list": [[entry()], "invalid-value", "is no object"],
  null: [null, "invalid-value", "is no object"],
  "no version": [{ ...entry(), version: undefined }, "missing-key", "version is missing"],
  "no key": [{ ...entry(), key_id: undefined }, "missing-key", "key_id is missing"],
  "an id in capitals": [entry({ id: "Acme.Inbox" }), "invalid-value", 'id ("Acme.Inbox")'],
  "an id of another type": [entry({ id: 5 }), "invalid-value", "id is not the id"],
  "an endless id": [entry({ id: `a${".b".repeat(100)}` }), "invalid-value", "id"],
  "a version that is none": [entry({ version: "v1" }), "invalid-value", 'version ("v1")'],
  "an endless version": [entry({ version: `1.0.0-${"a".repeat(200)}` }), "invalid-value", "version"],
  "a file above the folder": [entry({ file: "../x.mmpkg" }), "invalid-value", "leads out of the registry"],
  "a file far above": [entry({ file: "a/../../x.mmpkg" }), "invalid-value", "leads out"],
  "an absolute file": [entry({ file: "/etc/passwd" }), "invalid-value", "absolute path"],
  "a file of Windows": [entry({ file: "C:\\x.mmpkg" }), "invalid-value", "backslash"],
  "a drive": [entry({ file: "C:x.mmpkg" }), "invalid-value", "drive letter"],
  "a stream of Windows": [entry({ file: "x.mmpkg:hidden" }), "invalid-value", "Windows forbids"],
  "a device of Windows": [entry({ file: "nul.mmpkg" }), "invalid-value", "device"],
  "a NUL": [entry({ file: "x\0.mmpkg" }), "invalid-value", "NUL"],
  "an address": [entry({ file: "https://example.org/x.mmpkg" }), "invalid-value", "file"],
  "no file name": [entry({ file: "" }), "invalid-value", "empty name"],
  "a file in a list": [entry({ file: ["x"] }), "invalid-value", "file is not the name"],
  "a sum in capitals": [entry({ sha256: "A".repeat(64) }), "invalid-value", "sha256"],
  "a short sum": [entry({ sha256: "ab" }), "invalid-value", "sha256"],
  "a key that is none": [entry({ key_id: "mine" }), "invalid-value", "key_id"],
  "a capability nobody knows": [entry({ capabilities: ["root"] }), "invalid-value", "capabilities is no list"],
  "capabilities in a word": [entry({ capabilities: "network" }), "invalid-value", "capabilities"],
  "capabilities that inherit": [entry({ capabilities: ["constructor"] }), "invalid-value", "capabilities"],
  "a description in numbers": [entry({ description: 1 }), "invalid-value", "description"],
  "an endless description": [entry({ description: "x".repeat(5000) }), "invalid-value", "description"],
};

for (const [title, [value, code, words]] of Object.entries(bad)) {
  test(`an entry with a fault is told by its line and takes no other with it: ${title}`, () => {
    const folder = indexOf(entry({ id: "acme.first" }), value, entry({ id: "acme.last" }));
    const { offers, problems } = readSources([folder]);
    expect(offers.map(({ pluginId }) => pluginId)).toEqual(["acme.first", "acme.last"]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ path: join(folder, "index.json"), code });
    expect(problems[0]?.message).toContain(words);
    expect(problems[0]?.message).toContain("plugins[1]");
    // The first entry begins on the third line, and has eleven.
    expect(problems[0]?.line).toBeGreaterThanOrEqual(14);
    expect(problems[0]?.message).not.toMatch(/\p{Cc}/u);
  });
}

test("a key that stands twice takes its entry with it, or outside of one the whole index", () => {
  const one = JSON.stringify(entry());
  const doubled = `${one.slice(0, -1)},\n"sha256":"${"0".repeat(64)}"}`;
  const other = JSON.stringify(entry({ id: "acme.other" }));
  const { offers, problems } = readSources([textIndex(`{"plugins":[\n${doubled},\n${other}]}`)]);
  expect(offers.map(({ pluginId }) => pluginId)).toEqual(["acme.other"]);
  expect(problems).toMatchObject([{ code: "duplicate-key", line: 3 }]);
  expect(codesOf(textIndex(`{"plugins":[],"plugins":[${one}]}`))).toEqual(["duplicate-key"]);
  expect(readSources([textIndex(`{"plugins":[],"\\u0070lugins":[${one}]}`)]).offers).toEqual([]);
  expect(codesOf(textIndex(`{"plugins":[{"__proto__":{"id":"acme.x"}}]}`))).toEqual(["duplicate-key"]);
});

test("what is no index is told in one problem, with its line where there is one", () => {
  expect(readSources([textIndex('{"plugins":[\n\n,]}')]).problems).toMatchObject([{ code: "not-json", line: 3 }]);
  expect(codesOf(textIndex(""))).toEqual(["not-json"]);
  expect(codesOf(textIndex(Buffer.from('{"plugins":[],"a":"\xff"}', "latin1")))).toEqual(["not-json"]);
  expect(codesOf(textIndex("[]"))).toEqual(["invalid-value"]);
  expect(codesOf(textIndex("null"))).toEqual(["invalid-value"]);
  expect(codesOf(textIndex("{}"))).toEqual(["missing-key"]);
  expect(codesOf(textIndex('{"plugins":{}}'))).toEqual(["invalid-value"]);
  expect(codesOf(textIndex(`{"plugins":${"[".repeat(100_000)}${"]".repeat(100_000)}}`))).toEqual(["too-deep"]);
  expect(codesOf(textIndex(`{"plugins":[${"0,".repeat(30_000)}0]}`))).toEqual(["too-many-entries"]);
});

test("an index begins with a byte order mark where an editor put one", () => {
  expect(readSources([textIndex(`\ufeff${JSON.stringify({ plugins: [entry()] })}`)]).offers).toHaveLength(1);
});

test("of very many faults the first hundred are told, and how many more there are", () => {
  const folder = indexOf(...Array.from({ length: 1000 }, () => ({})), entry());
  const { offers, problems } = readSources([folder]);
  expect(offers).toHaveLength(1);
  expect(problems).toHaveLength(101);
  expect(problems.at(-1)?.message).toContain("900 more entries do not count");
});

test("what is too large, or no file, is not read", () => {
  const large = textIndex("{");
  truncateSync(join(large, "index.json"), 9 * 1024 * 1024);
  expect(codesOf(large)).toEqual(["too-large"]);
  const folder = temporaryFolder();
  mkdirSync(join(folder, "index.json"));
  expect(codesOf(folder)).toEqual(["too-large"]);
});

test("a source is a folder, or its index, and one that is neither is told beside the others", () => {
  const folder = indexOf(entry());
  const link = join(temporaryFolder(), "link");
  symlinkSync(folder, link);
  const sources = [join(folder, "gone"), temporaryFolder(), "https://example.org/registry", join(folder, "index.json")];
  const { offers, problems } = readSources([...sources, folder, link]);
  expect(offers.map(({ source }) => source)).toEqual([join(folder, "index.json")]);
  expect(problems.map(({ code, path }) => [code, path])).toEqual([
    ["not-found", sources[0]],
    ["not-found", sources[1]],
    ["not-found", sources[2]],
  ]);
  expect(problems[2]?.message).toContain("over the network");
});

test("of one version with other bytes the first source counts, and the other is told", () => {
  const first = indexOf(entry(), entry({ version: "1.1.0" }));
  const second = indexOf(entry({ sha256: "0".repeat(64) }), entry({ version: "1.1.0" }), entry({ version: "2.0.0" }));
  const { offers, problems } = readSources([first, second]);
  expect(offers.map(({ version, source }) => [version, source])).toEqual([
    ["1.0.0", first],
    ["1.1.0", first],
    ["2.0.0", second],
  ]);
  expect(problems).toMatchObject([{ path: join(second, "index.json"), code: "conflicting-offer" }]);
  expect(problems[0]?.message).toContain("acme.inbox 1.0.0");
  const within = readSources([indexOf(entry(), entry({ sha256: "0".repeat(64) }), entry())]);
  expect(within.offers.map(({ sha256 }) => sha256)).toEqual([entry()["sha256"]]);
  expect(within.problems.map(({ code }) => code)).toEqual(["conflicting-offer"]);
});

test("whatever an index says, reading it throws nothing and offers nothing outside of its folder", () => {
  const folder = temporaryFolder();
  const words = fc.constantFrom("..", "/", "\\", "a", ".", "C:", "\0", "~", "%2e", "x.mmpkg");
  const file = fc.oneof(
    fc.array(words, { maxLength: 6 }).map((all) => all.join("")),
    fc.string(),
  );
  const value = fc.oneof(
    fc.record({ file }).map((more) => entry(more)),
    fc.json().map((text) => JSON.parse(text) as unknown),
    fc.constantFrom(...Object.keys(entry())).chain((name) => fc.jsonValue().map((json) => entry({ [name]: json }))),
  );
  fc.assert(
    fc.property(fc.array(value, { maxLength: 5 }), (plugins) => {
      writeFileSync(join(folder, "index.json"), JSON.stringify({ plugins }));
      const { offers, problems } = readSources([folder]);
      expect(offers.length).toBeLessThanOrEqual(plugins.length);
      for (const { path } of offers) expect(path.startsWith(`${folder}/`) && !path.includes("/../")).toBe(true);
      for (const { message } of problems) expect(message).not.toMatch(/\p{Cc}/u);
    }),
    { numRuns: 300 },
  );
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { readManifest } from "../../src/package/index.ts";

const sha256 = "0".repeat(64);
const manifest = {
  manifest_version: "1.0",
  id: "acme.x",
  name: "X",
  version: "1.0.0",
  type: "agent",
  entry: "main.mjs",
  files: [{ path: "main.mjs", size: 1, sha256 }],
};
const bytesOf = (value: unknown) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value));
const codeOf = (value: unknown) => {
  const read = readManifest(bytesOf(value));
  return read.ok ? "ok" : read.code;
};

test("a good manifest is read, older names as today's", () => {
  const read = readManifest(bytesOf({ ...manifest, interfaces: ["IMessageHandler"] }));
  expect(read).toMatchObject({ ok: true, manifest: { interfaces: ["message_handler"], runtime: "node" } });
});

test("bytes that are no manifest are refused, each by its own code", () => {
  const text = JSON.stringify(manifest);
  expect(codeOf(" ".repeat(262_145))).toBe("manifest-too-large");
  expect(codeOf(`${text}${" ".repeat(262_144 - text.length)}`)).toBe("ok");
  expect(readManifest(Uint8Array.from([0x7b, 0xff, 0x7d]))).toMatchObject({ code: "not-utf8" });
  expect(codeOf(`\ufeff${text}`)).toBe("not-json");
  expect(codeOf("{")).toBe("not-json");
  expect(codeOf("[]")).toBe("invalid-value");
  expect(codeOf(text.replace('"name"', '"id":"acme.y","name"'))).toBe("duplicate-key");
  expect(codeOf(text.replace('"name"', '"i\\u0064":"acme.y","name"'))).toBe("duplicate-key");
  expect(codeOf(text.replace('"size":1', '"size":1,"size":2'))).toBe("duplicate-key");
  expect(codeOf(text.replace('"name"', '"__proto__":{},"name"'))).toBe("duplicate-key");
  expect(codeOf(text.replace('"name"', `"defaults":{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}},"name"`))).toBe(
    "too-deep",
  );
  expect(codeOf({ ...manifest, scripts: { postinstall: "rm" } })).toBe("unknown-key");
});

test("what other tools write as well is read: a schema itself, key ids of either case, times with an offset, lists empty", () => {
  const written = {
    ...manifest,
    config_schema: { type: "object" },
    data_schema: { type: "object", properties: {} },
    publisher: { key_id: "abcdef0123456789" },
    created_at: "2026-11-21T11:00:00+01:00",
    filesystem: { read: [], write: [] },
    capabilities: { network: false },
    platforms: ["linux", "macos", "windows"],
    monitor: null,
  };
  expect(readManifest(bytesOf(written))).toMatchObject({
    ok: true,
    manifest: { publisher: { key_id: "ABCDEF0123456789" }, platforms: ["linux", "darwin", "win32"], capabilities: [] },
  });
  expect(codeOf({ ...manifest, config_schema: 1 })).toBe("invalid-value");
  expect(codeOf({ ...manifest, name: null })).toBe("invalid-value");
  expect(codeOf({ ...manifest, stranger: null })).toBe("unknown-key");
});

test("equal keys in different objects, and braces inside texts, are fine", () => {
  const defaults = { a: { id: 1 }, b: { id: 2 }, text: '{"id": [', long: '\\"'.repeat(60_000) };
  expect(codeOf({ ...manifest, defaults })).toBe("ok");
});

test("files are good names, all different, within the caps, and hold what is named", () => {
  const withFiles = (...paths: string[]) => ({ ...manifest, files: paths.map((path) => ({ path, size: 1, sha256 })) });
  expect(codeOf(withFiles("other.mjs"))).toBe("missing-file");
  expect(codeOf(withFiles("main.mjs", "../x"))).toBe("traversal");
  expect(codeOf(withFiles("main.mjs", "main.mjs"))).toBe("duplicate");
  expect(codeOf(withFiles("main.mjs", "MAIN.mjs"))).toBe("case-collision");
  expect(codeOf(withFiles("main.mjs", "mimolo-plugin.json"))).toBe("duplicate");
  expect(codeOf(withFiles("main.mjs", "Mimolo-Plugin.json"))).toBe("case-collision");
  expect(codeOf({ ...manifest, config_schema: "schema.json" })).toBe("missing-file");
  expect(codeOf({ ...manifest, entry: "/bin/sh", runtime: "native" })).toBe("absolute-path");
  const large = (size: number) => ({ ...manifest, files: [{ path: "main.mjs", size, sha256 }] });
  expect(codeOf(large(32 * 1024 * 1024))).toBe("ok");
  expect(codeOf(large(32 * 1024 * 1024 + 1))).toBe("file-too-large");
  const many = (count: number) => ({
    ...manifest,
    files: Array.from({ length: count }, (_, at) => ({
      path: at === 0 ? "main.mjs" : `f${at}`,
      size: 32 * 1024 * 1024,
      sha256,
    })),
  });
  expect(codeOf(many(2))).toBe("ok");
  expect(codeOf(many(3))).toBe("package-too-large");
});

test("ranges are npm's", () => {
  expect(
    codeOf({ ...manifest, dependencies: { "acme.y": "^1.2 || >=3 <4" }, engines: { python: ">=3.8 <3.12" } }),
  ).toBe("ok");
  const read = readManifest(bytesOf({ ...manifest, dependencies: { "acme.y": "the best" } }));
  expect(read).toMatchObject({ ok: false, code: "invalid-value" });
  expect(!read.ok && read.message).toContain('dependencies.acme.y ("the best") is no range');
});

test("whatever the bytes, reading never throws", () => {
  const text = JSON.stringify(manifest);
  fc.assert(
    fc.property(fc.nat(text.length - 1), fc.string({ maxLength: 8 }), fc.nat(6), (at, put, cut) => {
      const read = readManifest(Buffer.from(text.slice(0, at) + put + text.slice(at + cut)));
      expect(typeof read.ok).toBe("boolean");
    }),
    { numRuns: 1000 },
  );
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(readManifest(bytesOf(JSON.stringify(value))).ok).toBe(false);
    }),
    { numRuns: 300 },
  );
});

import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openPackage, PackageError } from "../../src/package/index.ts";
import { temporaryFolder } from "./folders.ts";
import { hostileArchives } from "./hostile-archives.ts";
import { manifestFor, soundArchive } from "./sound-archive.ts";
import { zipBytes } from "./zip-bytes.ts";

/** Opens, checks and stages an archive inside a folder of its own; gives what came of it. */
async function outcomeOf(bytes: Buffer): Promise<{ readonly error: unknown; readonly left: readonly string[] }> {
  const around = temporaryFolder();
  const path = join(around, "p.mmpkg");
  writeFileSync(path, bytes);
  mkdirSync(join(around, "inner"));
  let error: unknown = null;
  try {
    const found = await openPackage(path);
    try {
      const staged = await found.stage(join(around, "inner", "staging"));
      error = staged.ok ? null : staged;
    } finally {
      found.close();
    }
  } catch (caught) {
    error = caught;
  }
  return { error, left: readdirSync(around, { recursive: true }).map(String).toSorted() };
}

test("the archive that all hostile ones are made from is sound", async () => {
  expect(await outcomeOf(soundArchive())).toEqual({
    error: null,
    left: ["inner", "inner/staging", "inner/staging/main.mjs", "inner/staging/mimolo-plugin.json", "p.mmpkg"],
  });
});

test.each(hostileArchives)("$title: $code, and nothing is left behind", async ({ code, bytes }) => {
  const { error, left } = await outcomeOf(bytes());
  expect(error).toBeInstanceOf(PackageError);
  expect((error as PackageError).code, (error as PackageError).message).toBe(code);
  expect((error as PackageError).message).toMatch(/^[\p{L}\d"/].{15,300}$/u);
  expect(left).toEqual(["inner", "p.mmpkg"]);
  expect(existsSync("/tmp/evil.mjs")).toBe(false);
});

test("an archive inside an archive is a file like others", async () => {
  const inner = soundArchive();
  const files = { "main.mjs": "1", "inner.mmpkg": inner, "inner.zip": inner };
  const entries = Object.entries(files).map(([name, content]) => ({ name, content }));
  const { error, left } = await outcomeOf(
    zipBytes([{ name: "mimolo-plugin.json", content: manifestFor(files) }, ...entries]),
  );
  expect(error).toBeNull();
  expect(left).toContain("inner/staging/inner.mmpkg");
});

test("deflated and streamed entries are read too, and folders said aloud", async () => {
  const files = { "main.mjs": "1".repeat(1000), "lib/a.mjs": "2" };
  const descriptor = Buffer.alloc(16);
  descriptor.writeUInt32LE(0x08074b50, 0);
  descriptor.writeUInt32LE(0x1ad5be0d, 4);
  descriptor.writeUInt32LE(1, 8);
  descriptor.writeUInt32LE(1, 12);
  const { error } = await outcomeOf(
    zipBytes([
      { name: "lib/", mode: 0o040755 },
      { name: "mimolo-plugin.json", content: manifestFor(files), method: 8 },
      { name: "main.mjs", content: files["main.mjs"], method: 8 },
      { name: "lib/a.mjs", content: "2", flags: 8, local: { size: 0, crc32: 0, flags: 0x0808 }, behind: descriptor },
    ]),
  );
  expect(error).toBeNull();
});

test("files the manifest does not know, and files it misses, are told as such", async () => {
  const manifest = { name: "mimolo-plugin.json", content: manifestFor({ "main.mjs": "1" }) };
  const extra = await outcomeOf(zipBytes([manifest, { name: "main.mjs", content: "1" }, { name: "x", content: "1" }]));
  expect(extra).toEqual({ error: { ok: false, code: "extra-file", path: "x" }, left: ["inner", "p.mmpkg"] });
  const folder = await outcomeOf(
    zipBytes([manifest, { name: "main.mjs", content: "1" }, { name: "x/", mode: 0o040755 }]),
  );
  expect(folder.error).toEqual({ ok: false, code: "extra-file", path: "x" });
  const missing = await outcomeOf(zipBytes([manifest]));
  expect(missing).toEqual({ error: { ok: false, code: "missing-file", path: "main.mjs" }, left: ["inner", "p.mmpkg"] });
  const modified = await outcomeOf(zipBytes([manifest, { name: "main.mjs", content: "2" }]));
  expect(modified).toEqual({ error: { ok: false, code: "modified", path: "main.mjs" }, left: ["inner", "p.mmpkg"] });
});

import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openPackage, PackageError } from "../../src/package/index.ts";
import { temporaryFolder } from "./folders.ts";
import { manifestFor, soundArchive } from "./sound-archive.ts";
import { type ZipEntry, zipBytes } from "./zip-bytes.ts";

const payload = { "main.mjs": "console.log(1);\n".repeat(20), "lib/part.mjs": "export default 2;\n" };

const sound: readonly Buffer[] = [
  soundArchive(),
  zipBytes([
    { name: "mimolo-plugin.json", content: manifestFor(payload), method: 8 },
    ...Object.entries(payload).map(([name, content]) => ({ name, content, method: 8 })),
  ]),
];

/** Opens, checks and stages; a PackageError, a verdict on the files or a whole package, and nothing outside of staging. */
async function attempt(around: string, bytes: Buffer): Promise<void> {
  const path = join(around, "p.mmpkg");
  const inner = join(around, "inner");
  writeFileSync(path, bytes);
  mkdirSync(inner);
  let isStaged = false;
  try {
    const found = await openPackage(path);
    try {
      const checked = await found.check();
      isStaged = (await found.stage(join(inner, "staging"))).ok;
      expect(isStaged).toBe(checked.ok);
    } finally {
      found.close();
    }
  } catch (error) {
    if (!(error instanceof PackageError)) throw error;
  }
  expect(readdirSync(around).toSorted()).toEqual(["inner", "p.mmpkg"]);
  expect(readdirSync(inner)).toEqual(isStaged ? ["staging"] : []);
  rmSync(inner, { recursive: true });
}

/** Puts some bytes in the place of others, most often few, most often numbers that mean something. */
const edits = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.oneof(fc.nat(4), fc.nat(200)),
    put: fc.oneof(
      fc.uint8Array({ maxLength: 4 }),
      fc.constantFrom(
        ...["../", "/", "\\", "\0", "PK\u0001\u0002", "PK\u0003\u0004", "PK\u0005\u0006", "PK\u0006\u0007"].map(
          (text) => Buffer.from(text),
        ),
      ),
      fc.constantFrom(Buffer.alloc(2, 0xff), Buffer.alloc(4, 0xff), Buffer.alloc(8), Buffer.alloc(22)),
    ),
  }),
  { minLength: 1, maxLength: 4 },
);

test("whatever is done to the bytes of an archive, it is refused in words or taken in whole", async () => {
  const around = temporaryFolder();
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...sound), edits, async (archive, changes) => {
      const bytes = changes.reduce((before, { at, cut, put }) => {
        const place = Math.floor(at * before.length);
        return Buffer.concat([before.subarray(0, place), put, before.subarray(place + cut)]);
      }, archive);
      await attempt(around, bytes);
    }),
    { numRuns: 400 },
  );
});

test("whatever single byte is changed, wherever, nothing gets out of hand", { timeout: 60_000 }, async () => {
  const around = temporaryFolder();
  const [archive = Buffer.alloc(0)] = sound;
  for (let at = 0; at < archive.length; at += 1) {
    const bytes = Buffer.from(archive);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << (at % 8));
    await attempt(around, bytes);
  }
});

test("whatever an archive is made of, it is refused in words or taken in whole", async () => {
  const name = fc.oneof(
    fc.constantFrom("main.mjs", "lib/part.mjs", "lib", "lib/", "LIB/x", "mimolo-plugin.json.minisig"),
    fc
      .array(fc.constantFrom("a", "..", ".", "/", "\\", "C:", "con", "é", "\0", " ", "\u202e"), { maxLength: 5 })
      .map((words) => words.join("")),
  );
  const number = fc.oneof(fc.nat(100), fc.constantFrom(0xffff, 0xffffffff, 0x7fffffff));
  const entry: fc.Arbitrary<ZipEntry> = fc.record(
    {
      name,
      content: fc.string({ maxLength: 20 }),
      method: fc.constantFrom(0, 8, 9, 0xffff),
      flags: fc.constantFrom(0, 1, 8, 0x40, 0xffff),
      utf8: fc.boolean(),
      mode: fc.constantFrom(0o100644, 0o120777, 0o040755, 0o020666, 0),
      size: number,
      storedBytes: number,
      crc32: number,
      offset: number,
      extra: fc.uint8Array({ maxLength: 12 }),
      listedOnly: fc.boolean(),
    },
    { requiredKeys: ["name"] },
  );
  const around = temporaryFolder();
  await fc.assert(
    fc.asyncProperty(fc.array(entry, { maxLength: 3 }), async (more) => {
      const manifest = { name: "mimolo-plugin.json", content: manifestFor({ "main.mjs": "1" }) };
      await attempt(around, zipBytes([manifest, { name: "main.mjs", content: "1" }, ...more]));
    }),
    { numRuns: 300 },
  );
});

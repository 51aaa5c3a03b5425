import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { folder } from "../samples.ts";
import { hostileArchives } from "../package/hostile-archives.ts";
import { manifestFor } from "../package/sound-archive.ts";
import { zipBytes } from "../package/zip-bytes.ts";

const host = fileURLToPath(new URL("./hosts/reads-packages.mjs", import.meta.url));
const MIB = 1024 * 1024;

interface Report {
  readonly outcomes: Readonly<Record<string, string>>;
  /** Highest memory ever, over that of the process that had only just begun. */
  readonly grownMib: number;
}

/** What a process of its own makes of archives, by their names. */
function readElsewhere(
  archives: Readonly<Record<string, () => Buffer>>,
): Report & { readonly staged: readonly string[] } {
  const root = folder();
  const [packages, staging] = [join(root, "packages"), join(root, "staging")];
  mkdirSync(packages);
  mkdirSync(staging);
  for (const [name, bytes] of Object.entries(archives)) writeFileSync(join(packages, name), bytes());
  const said = execFileSync(process.execPath, [host, packages, staging], { encoding: "utf8" });
  const staged = readdirSync(staging);
  rmSync(staging, { recursive: true });
  return { ...(JSON.parse(said) as Report), staged };
}

test("all hostile archives together cost less than 100 MB of memory, and leave nothing in the staging folder", () => {
  const archives = hostileArchives.map(({ bytes }, index) => [String(index), bytes] as const);
  const { outcomes, grownMib, staged } = readElsewhere(Object.fromEntries(archives));
  expect(outcomes).toEqual(Object.fromEntries(hostileArchives.map(({ code }, index) => [String(index), code])));
  expect(staged).toEqual([]);
  expect(grownMib).toBeLessThan(100);
});

test("so does a package at every cap, which is taken in", () => {
  const files: Record<string, string | Uint8Array> = {
    "main.mjs": "1",
    big: Buffer.alloc(32 * MIB),
    other: Buffer.alloc(31 * MIB),
  };
  for (let index = 0; index < 200; index += 1) files[`f/${index}`] = String(index);
  const largest = (method: number) => () =>
    zipBytes([
      { name: "mimolo-plugin.json", content: manifestFor(files) },
      ...Object.entries(files).map(([name, content]) => ({ name, content, method })),
    ]);
  const { outcomes, grownMib, staged } = readElsewhere({ stored: largest(0), deflated: largest(8) });
  expect(outcomes).toEqual({ stored: "ok", deflated: "ok" });
  expect(staged).toHaveLength(2);
  expect(grownMib).toBeLessThan(100);
});

// A sound archive, and what hostile ones are made from it.
import { createHash } from "node:crypto";
import type { PackageErrorCode } from "../../src/package/index.ts";
import { type ZipEnd, type ZipEntry, zipBytes } from "./zip-bytes.ts";

/** What becomes of it: an error at opening, or at looking at the files. */
export interface HostileArchive {
  readonly title: string;
  readonly code: PackageErrorCode;
  readonly bytes: () => Buffer;
}

/** A manifest for the given files, in the archive's own order. */
export function manifestFor(files: Readonly<Record<string, string | Uint8Array>>): string {
  return JSON.stringify({
    manifest_version: "1.0",
    id: "acme.x",
    name: "X",
    version: "1.0.0",
    type: "agent",
    entry: "main.mjs",
    files: Object.entries(files).map(([path, content]) => {
      const bytes = Buffer.from(content);
      return { path, size: bytes.byteLength, sha256: createHash("sha256").update(bytes).digest("hex") };
    }),
  });
}

export const program = "console.log(1);\n";
export const manifest: ZipEntry = { name: "mimolo-plugin.json", content: manifestFor({ "main.mjs": program }) };
export const main: ZipEntry = { name: "main.mjs", content: program };

/** A sound archive with further entries or a false end. */
export const plus = (entries: readonly ZipEntry[], end?: ZipEnd) => () => zipBytes([manifest, main, ...entries], end);

export const soundArchive = plus([]);

// A package read with suspicion: its shape first, then its manifest, then each file against the manifest.
import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { crc32 } from "node:zlib";
import type { PackageFile, PluginManifest } from "@mimolo/protocol";
import { openArchive } from "./archive-source.ts";
import { parentsOf } from "./check-folder.ts";
import { shown } from "./entry-name.ts";
import type { FilesCheck } from "../judgement/judge-package.ts";
import { openFolder } from "./folder-source.ts";
import { MANIFEST_NAME, SIGNATURE_NAME } from "./limits.ts";
import { PackageError } from "./package-error.ts";
import type { PackageSource, SourceFile } from "./package-source.ts";
import { readManifest } from "./read-manifest.ts";
import { Staging } from "./staging.ts";

/** An archive or folder whose shape is sound; who made it, and whether its files are the manifest's, is still open. */
export interface OpenPackage {
  readonly manifestBytes: Uint8Array;
  /** `mimolo-plugin.json.minisig`, if it is there. */
  readonly signatureText: string | null;
  /** `null`: it cannot be read, `manifestProblem` says why. */
  readonly manifest: PluginManifest | null;
  readonly manifestProblem: string | null;
  /** Compares every file with the manifest; an unreadable manifest counts as modified. */
  check(): Promise<FilesCheck>;
  /** Writes everything to `folder`, new or empty, while hashing: files 0444, executables 0555, all flushed to the disk.
   *  Nothing stays there unless it ends well. */
  stage(folder: string): Promise<FilesCheck>;
  /** The bytes of one file of the package as they are now. Throws PackageError when it is not there. */
  read(path: string): Promise<Buffer>;
  /** Lets go of the archive; as often as one likes. */
  close(): void;
}

/** Opens an `.mmpkg` or an unpacked folder of the same shape. Throws PackageError for a shape no package may have. */
export async function openPackage(path: string): Promise<OpenPackage> {
  const source = await openSource(path);
  try {
    const found = source.files.get(MANIFEST_NAME);
    if (found === undefined) throw new PackageError("no-manifest", `${path} has no ${MANIFEST_NAME}: it is no package`);
    const manifestBytes = await wholeOf(found);
    const signature = source.files.get(SIGNATURE_NAME);
    const signatureBytes = signature === undefined ? null : await wholeOf(signature);
    return new OpenedPackage(source, manifestBytes, signatureBytes);
  } catch (error) {
    source.close();
    throw error;
  }
}

async function openSource(path: string): Promise<PackageSource> {
  let isFolder: boolean;
  try {
    isFolder = statSync(path).isDirectory();
    return isFolder ? openFolder(path) : await openArchive(path);
  } catch (cause) {
    if (cause instanceof PackageError) throw cause;
    const isGone = (cause as NodeJS.ErrnoException).code === "ENOENT";
    throw new PackageError(
      isGone ? "not-found" : "unreadable",
      `${path} ${isGone ? "is not there" : "cannot be read"}`,
      { cause },
    );
  }
}

async function wholeOf(file: SourceFile): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of file.read()) chunks.push(Uint8Array.from(chunk));
  return Buffer.concat(chunks);
}

class OpenedPackage implements OpenPackage {
  readonly manifestBytes: Uint8Array;
  readonly signatureText: string | null;
  readonly manifest: PluginManifest | null;
  readonly manifestProblem: string | null;
  readonly #source: PackageSource;
  readonly #signatureBytes: Uint8Array | null;
  #isOpen = true;

  constructor(source: PackageSource, manifestBytes: Uint8Array, signatureBytes: Buffer | null) {
    const read = readManifest(manifestBytes);
    this.manifestBytes = manifestBytes;
    this.manifest = read.ok ? read.manifest : null;
    this.manifestProblem = read.ok ? null : read.message;
    this.#signatureBytes = signatureBytes;
    // Byte for byte: what is no UTF-8 stays wrong, and is no signature.
    this.signatureText = signatureBytes?.toString("utf8") ?? null;
    this.#source = source;
  }

  async check(): Promise<FilesCheck> {
    return this.#eachFile(async (file, chunks) => {
      const hash = createHash("sha256");
      for await (const chunk of chunks) hash.update(chunk);
      return hash.digest("hex") === file.sha256;
    });
  }

  async stage(folder: string): Promise<FilesCheck> {
    const staging = await Staging.begin(folder);
    try {
      const checked = await this.#eachFile((file, chunks) => staging.write(file.path, chunks, file));
      if (!checked.ok) {
        await staging.abandon();
        return checked;
      }
      await staging.writeWhole(MANIFEST_NAME, this.manifestBytes);
      if (this.#signatureBytes !== null) await staging.writeWhole(SIGNATURE_NAME, this.#signatureBytes);
      await staging.finish();
      return checked;
    } catch (error) {
      await staging.abandon();
      throw error;
    }
  }

  async read(path: string): Promise<Buffer> {
    const file = this.#source.files.get(path);
    if (file === undefined) throw new PackageError("missing-file", `${shown(path)} is not in the package`);
    return wholeOf(file);
  }

  close(): void {
    if (this.#isOpen) this.#source.close();
    this.#isOpen = false;
  }

  /** First the names, then the bytes of each file; `isIntact` takes them in and tells whether they hash to the manifest's. */
  async #eachFile(
    isIntact: (file: PackageFile, chunks: AsyncIterable<Uint8Array>) => Promise<boolean>,
  ): Promise<FilesCheck> {
    const { manifest } = this;
    if (manifest === null) return { ok: false, code: "modified", path: MANIFEST_NAME };
    const fault = nameCheck(manifest, this.#source);
    if (fault !== null) return fault;
    for (const file of manifest.files) {
      const found = this.#source.files.get(file.path);
      const modified: FilesCheck = { ok: false, code: "modified", path: file.path };
      if (found === undefined || found.size !== file.size) return modified;
      const sum = { crc32: 0 };
      try {
        if (!(await isIntact(file, summed(found.read(), sum)))) return modified;
      } catch (error) {
        if (error instanceof PackageError && error.code === "damaged-data") return modified;
        throw error;
      }
      if (found.crc32 !== undefined && found.crc32 !== sum.crc32) {
        throw new PackageError(
          "checksum-lies",
          `the archive's checksum of ${shown(file.path)} is wrong, though the file is right`,
        );
      }
    }
    return { ok: true };
  }
}

/** Lets bytes pass and keeps their CRC-32. */
async function* summed(chunks: AsyncIterable<Uint8Array>, sum: { crc32: number }): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    sum.crc32 = crc32(chunk, sum.crc32);
    yield chunk;
  }
}

function nameCheck({ files }: PluginManifest, source: PackageSource): FilesCheck | null {
  const expected = new Set(files.map(({ path }) => path));
  const missing = files.find(({ path }) => !source.files.has(path));
  if (missing !== undefined) return { ok: false, code: "missing-file", path: missing.path };
  for (const path of source.files.keys()) {
    if (!expected.has(path) && path !== MANIFEST_NAME && path !== SIGNATURE_NAME)
      return { ok: false, code: "extra-file", path };
  }
  const parents = new Set(files.flatMap(({ path }) => parentsOf(path)));
  const folder = [...source.folders].find((name) => !parents.has(name));
  return folder === undefined ? null : { ok: false, code: "extra-file", path: folder };
}

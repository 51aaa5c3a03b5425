// What lies in the folder of an installed package now.
import { createHash } from "node:crypto";
import { join } from "node:path";
import { MAX_MANIFEST_BYTES, type PluginManifest } from "@mimolo/protocol";
import { MANIFEST_NAME, readManifest } from "@mimolo/trust/package";
import { readPlainFile } from "../../plain-file.ts";

export interface PackageFolder {
  /** Empty when there is none, or one that is too large. */
  readonly manifestBytes: Uint8Array;
  /** SHA-256 of those, in hex. */
  readonly digest: string;
  readonly manifest: PluginManifest | null;
  readonly signatureText: string | null;
}

const LARGEST_SIGNATURE_BYTES = 4_096;

/** Reads the manifest of a package and its signature; what cannot be read is missing, never thrown. */
export function readPackageFolder(folder: string): PackageFolder {
  const manifestBytes = read(join(folder, MANIFEST_NAME), MAX_MANIFEST_BYTES) ?? Buffer.alloc(0);
  const parsed = readManifest(manifestBytes);
  return {
    manifestBytes,
    digest: createHash("sha256").update(manifestBytes).digest("hex"),
    manifest: parsed.ok ? parsed.manifest : null,
    signatureText: read(join(folder, `${MANIFEST_NAME}.minisig`), LARGEST_SIGNATURE_BYTES)?.toString("latin1") ?? null,
  };
}

function read(file: string, mostBytes: number): Buffer | null {
  try {
    return readPlainFile(file, mostBytes);
  } catch {
    return null;
  }
}

// Signing what was packed before.
import { createHash } from "node:crypto";
import { lstatSync } from "node:fs";
import { join } from "node:path";
import type { PluginManifest } from "@mimolo/protocol";
import { replaceFile } from "../replace-file.ts";
import type { SigningKey } from "../signing-key.ts";
import { MANIFEST_NAME, SIGNATURE_NAME } from "./limits.ts";
import { type OpenPackage, openPackage } from "./open-package.ts";
import { PackageError } from "./package-error.ts";
import { type ArchiveFile, writeArchive } from "./write-archive.ts";

/** What was signed, and where the signature is now. */
export interface SignedPackage {
  readonly manifest: PluginManifest;
  /** SHA-256 of the manifest's bytes, which signing leaves as they are. */
  readonly digest: string;
  readonly signatureText: string;
  /** The archive, or the signature's file in a folder. */
  readonly path: string;
}

/** Signs a packed `.mmpkg`, which is rewritten as `packPlugin` would write it, or an unpacked folder, which gets
 *  `mimolo-plugin.json.minisig`. An older signature is replaced. Throws PackageError: `not-intact` when a file is not the
 *  manifest's, `other-publisher` when the manifest names another key. */
export async function signPackage(options: {
  readonly path: string;
  readonly key: SigningKey;
}): Promise<SignedPackage> {
  const { path, key } = options;
  const found = await openPackage(path);
  try {
    const manifest = await intactManifest(path, found);
    const named = manifest.publisher?.key_id;
    if (named !== undefined && named !== key.keyId) {
      throw new PackageError(
        "other-publisher",
        `the manifest says that ${named} publishes it, this key is ${key.keyId}; pack it anew with this key`,
      );
    }
    const signatureText = key.signFile(found.manifestBytes, `${manifest.id} ${manifest.version}`);
    const digest = createHash("sha256").update(found.manifestBytes).digest("hex");
    const isFolder = lstatSync(path).isDirectory();
    const target = isFolder ? join(path, SIGNATURE_NAME) : path;
    const bytes = isFolder ? Buffer.from(signatureText) : await archiveOf(found, manifest, signatureText);
    await replaceFile(target, bytes);
    return { manifest, digest, signatureText, path: target };
  } finally {
    found.close();
  }
}

/** What the package says of itself, its files compared. Throws PackageError. */
export async function intactManifest(path: string, found: OpenPackage): Promise<PluginManifest> {
  if (found.manifest === null) throw new PackageError("bad-manifest", `${path}: ${found.manifestProblem ?? ""}`);
  const checked = await found.check();
  if (checked.ok) return found.manifest;
  throw new PackageError("not-intact", `${checked.path} is ${REASONS[checked.code]}; pack it anew`);
}

const REASONS = {
  modified: "not the file that the manifest describes",
  "missing-file": "missing",
  "extra-file": "not in the manifest",
};

/** The archive that `packPlugin` would have written. */
export async function archiveOf(found: OpenPackage, manifest: PluginManifest, signatureText: string): Promise<Buffer> {
  const files: ArchiveFile[] = [
    { name: MANIFEST_NAME, bytes: Buffer.from(found.manifestBytes), exec: false },
    { name: SIGNATURE_NAME, bytes: Buffer.from(signatureText), exec: false },
  ];
  for (const { path, exec } of manifest.files) {
    files.push({ name: path, bytes: await found.read(path), exec: exec === true });
  }
  return writeArchive(files);
}

// A package that may be published: whole, and signed, whatever it was handed over as.
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { open, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { PluginManifest } from "@mimolo/protocol";
import { judgeSignature } from "../judgement/judge-signature.ts";
import { NO_TRUST, type TrustedKey } from "../keyring/trust-data.ts";
import { MANIFEST_NAME, MAX_ARCHIVE_BYTES } from "../package/limits.ts";
import { type OpenPackage, openPackage } from "../package/open-package.ts";
import { PackageError, type PackageErrorCode } from "../package/package-error.ts";
import { packPlugin } from "../package/pack-plugin.ts";
import { PLUGIN_FILE_NAME } from "../package/plugin-file.ts";
import { archiveOf, intactManifest } from "../package/sign-package.ts";
import type { SigningKey } from "../signing-key.ts";
import { packageHash } from "./package-hash.ts";

/** A copy of ours in the registry's folder, under a name nobody reads, and what it is. */
export interface PackageToPublish {
  readonly draft: string;
  readonly manifest: PluginManifest;
  readonly keyId: string;
  readonly sha256: string;
}

/** Who publishes, and what is known of those who sign. */
export interface Publisher {
  /** Signs an author's folder, which is packed then; packages bring their signature. */
  readonly sign?: SigningKey | undefined;
  readonly env?: { readonly SOURCE_DATE_EPOCH?: string | undefined } | undefined;
  /** Keys to hold the signature to, where its key is among them; of a stranger's it is only looked at. */
  readonly keys?: readonly TrustedKey[] | undefined;
  /** Default: now. */
  readonly nowMs?: number | undefined;
}

export const DRAFT_PREFIX = ".mimolo-draft-";

/** Copies the package first, so that what is judged is what will be offered. Throws PackageError, and then no copy stays. */
export async function draftOf(path: string, folder: string, publisher: Publisher): Promise<PackageToPublish> {
  const draft = join(folder, `${DRAFT_PREFIX}${randomBytes(6).toString("hex")}`);
  try {
    await writeDraft(draft, await archiveBytes(path, publisher));
    const opened = await openPackage(draft);
    try {
      const manifest = await intactManifest(path, opened);
      const keyId = signerOf(path, opened, manifest, publisher);
      return { draft, manifest, keyId, sha256: await packageHash(draft) };
    } finally {
      opened.close();
    }
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function archiveBytes(path: string, { sign, env }: Publisher): Promise<Uint8Array> {
  const stats = await stat(path).catch((cause: unknown) => {
    const isGone = (cause as NodeJS.ErrnoException).code === "ENOENT";
    const what = isGone ? "is not there" : "cannot be read";
    throw new PackageError(isGone ? "not-found" : "unreadable", `${path} ${what}`, { cause });
  });
  if (!stats.isDirectory()) {
    if (!stats.isFile()) throw new PackageError("device", `${path} is neither a file nor a folder`);
    if (stats.size > MAX_ARCHIVE_BYTES) {
      throw new PackageError("archive-too-large", `${path} has more than ${MAX_ARCHIVE_BYTES} bytes`);
    }
    return readFile(path);
  }
  if (!existsSync(join(path, MANIFEST_NAME)) && existsSync(join(path, PLUGIN_FILE_NAME))) {
    if (sign === undefined) throw unsigned(path, `mimolo plugin pack ${path} --sign`);
    return (await packPlugin({ directory: path, sign, ...(env !== undefined && { env }) })).bytes;
  }
  const opened = await openPackage(path);
  try {
    const manifest = await intactManifest(path, opened);
    if (opened.signatureText === null) throw unsigned(path, "mimolo plugin sign FILE");
    return await archiveOf(opened, manifest, opened.signatureText);
  } finally {
    opened.close();
  }
}

async function writeDraft(draft: string, bytes: Uint8Array): Promise<void> {
  const file = await open(draft, "wx", 0o644);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Whose signature it bears. That a stranger's holds is found where it is installed: here nobody knows the key. */
function signerOf(
  path: string,
  { manifestBytes, signatureText }: OpenPackage,
  manifest: PluginManifest,
  { keys = [], nowMs = Date.now() }: Publisher,
): string {
  const judged = judgeSignature({ manifestBytes, signatureText, manifest }, { ...NO_TRUST, keys }, nowMs);
  const refusal = judged.ok ? undefined : REFUSALS.get(judged.verdict);
  if (!judged.ok && refusal !== undefined) {
    if (refusal === "unsigned") throw unsigned(path, "mimolo plugin sign FILE");
    throw new PackageError(refusal, `${path}: ${judged.reason}`);
  }
  const keyId = judged.keyId ?? "";
  const named = manifest.publisher?.key_id;
  if (named === undefined || named === keyId) return keyId;
  throw new PackageError(
    "other-publisher",
    `${path}: its manifest says that ${named} publishes it, ${keyId} signed it`,
  );
}

/** For whom a key of ours speaks does not matter here: that is for those who install to say. */
const REFUSALS: ReadonlyMap<string, PackageErrorCode> = new Map([
  ["unsigned", "unsigned"],
  ["bad-signature", "bad-signature"],
  ["revoked", "revoked"],
  ["expired", "expired"],
]);

function unsigned(path: string, command: string): PackageError {
  return new PackageError(
    "unsigned",
    `${path} is not signed, and registries offer only what is; sign it with: ${command}`,
  );
}

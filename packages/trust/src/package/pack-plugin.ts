// An author's folder made into a package.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { MANIFEST_VERSION, nearestName, PROTOCOL_VERSION, type PluginManifest } from "@mimolo/protocol";
import type { SigningKey } from "../signing-key.ts";
import { MANIFEST_NAME, SIGNATURE_NAME } from "./limits.ts";
import { PackageError } from "./package-error.ts";
import { type PayloadFile, readPayload } from "./payload.ts";
import { PLUGIN_FILE_NAME, readPluginFile } from "./plugin-file.ts";
import { readManifest } from "./read-manifest.ts";
import { tomlLine } from "./toml-lines.ts";
import { writeArchive } from "./write-archive.ts";

/** A package in memory. */
export interface PackedPlugin {
  /** The whole archive. */
  readonly bytes: Buffer;
  readonly manifest: PluginManifest;
  readonly manifestBytes: Buffer;
  /** SHA-256 of the manifest's bytes, lower-case hex. */
  readonly digest: string;
  readonly signatureText: string | null;
  /** `<plugin_id>-<version>.mmpkg`. */
  readonly fileName: string;
  /** What should be written differently, and works as it is. */
  readonly warnings: readonly string[];
}

function missingFile(directory: string, field: string, path: string, payload: readonly PayloadFile[]): PackageError {
  const file = join(directory, PLUGIN_FILE_NAME);
  const at = `${file}:${tomlLine(readFileSync(file, "utf8"), ["plugin", field])}`;
  const nearest = nearestName(
    path,
    payload.map(({ name }) => name),
  );
  const meant = nearest === undefined ? "" : `, did you mean "${nearest}"?`;
  const message = `${at}: plugin.${field} names ${path}, which is not in the folder or is never packed${meant}`;
  return new PackageError("missing-file", message);
}

/** Reads `plugin.toml` and packs its folder. The same files give the same bytes; the date is SOURCE_DATE_EPOCH's or none.
 *  Throws PackageError: `bad-plugin-file` names file, line and field. */
export async function packPlugin(options: {
  readonly directory: string;
  readonly env?: { readonly SOURCE_DATE_EPOCH?: string | undefined };
  readonly sign?: SigningKey;
}): Promise<PackedPlugin> {
  const { directory, env, sign } = options;
  const read = readPluginFile(join(directory, PLUGIN_FILE_NAME));
  if (!read.ok) {
    throw new PackageError("bad-plugin-file", read.problems.map(({ message }) => message).join("\n"));
  }
  const { author, warnings } = read;
  const payload = readPayload(directory, author.runtime === "native" ? author.entry : null);
  for (const field of ["entry", "config_schema", "data_schema"] as const) {
    const path = author[field];
    if (typeof path !== "string" || payload.some((file) => file.name === path)) continue;
    throw missingFile(directory, field, path, payload);
  }
  const createdAt = createdAtOf(env?.SOURCE_DATE_EPOCH);
  const { id, name, version, type, entry, runtime, ...more } = author;
  const manifestBytes = manifestText({
    manifest_version: MANIFEST_VERSION,
    // First what people look for.
    id,
    name,
    version,
    type,
    entry,
    runtime,
    ...more,
    // As the author writes them: a table of switches.
    capabilities: Object.fromEntries(author.capabilities.map((capability) => [capability, true])),
    protocol: author.protocol ?? { min: PROTOCOL_VERSION, max: PROTOCOL_VERSION },
    files: payload.map((file) => file.entry),
    ...(sign !== undefined && { publisher: { key_id: sign.keyId } }),
    ...(createdAt !== null && { created_at: createdAt }),
  });
  const manifest = readManifest(manifestBytes);
  if (!manifest.ok)
    throw new PackageError(manifest.code === "manifest-too-large" ? manifest.code : "bad-manifest", manifest.message);
  const signatureText = sign?.signFile(manifestBytes, `${id} ${version}`) ?? null;
  return {
    bytes: await archiveOf(manifestBytes, signatureText, payload),
    manifest: manifest.manifest,
    manifestBytes,
    digest: createHash("sha256").update(manifestBytes).digest("hex"),
    signatureText,
    fileName: `${id}-${version}.mmpkg`,
    warnings,
  };
}

function archiveOf(manifest: Buffer, signatureText: string | null, payload: readonly PayloadFile[]): Promise<Buffer> {
  const own = [{ name: MANIFEST_NAME, bytes: manifest, exec: false }];
  if (signatureText !== null) own.push({ name: SIGNATURE_NAME, bytes: Buffer.from(signatureText), exec: false });
  return writeArchive([...own, ...payload]);
}

/** One line for each key and each file: good to read, and to compare. */
function manifestText(manifest: Readonly<Record<string, unknown>> & { readonly files: readonly object[] }): Buffer {
  const lines = Object.entries(manifest)
    .filter(([, value]) => value !== undefined && !isEmpty(value))
    .map(
      ([key, value]) =>
        `  ${JSON.stringify(key)}: ${key === "files" ? filesText(manifest.files) : JSON.stringify(value)}`,
    );
  return Buffer.from(`{\n${lines.join(",\n")}\n}\n`);
}

function filesText(files: readonly object[]): string {
  return `[\n${files.map((file) => `    ${JSON.stringify(file)}`).join(",\n")}\n  ]`;
}

/** Tables nobody filled in. */
function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
}

function createdAtOf(epoch: string | undefined): string | null {
  if (epoch === undefined || epoch === "") return null;
  const date = new Date(/^\d{1,12}$/.test(epoch) ? Number(epoch) * 1000 : Number.NaN);
  if (Number.isNaN(date.getTime())) {
    throw new PackageError(
      "bad-date",
      `SOURCE_DATE_EPOCH must be seconds since 1970, such as 1700000000; found ${JSON.stringify(epoch)}`,
    );
  }
  return date.toISOString().replace(".000Z", "Z");
}

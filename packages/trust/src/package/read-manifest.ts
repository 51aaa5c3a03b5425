import { type PluginManifest, readManifestTree } from "@mimolo/protocol";
import validRange from "semver/ranges/valid.js";
import { nameFault, shown } from "./entry-name.ts";
import { jsonFault } from "./json-keys.ts";
import { MANIFEST_NAME, MAX_FILE_BYTES, MAX_MANIFEST_BYTES, MAX_PACKAGE_BYTES, SIGNATURE_NAME } from "./limits.ts";
import { NameSet } from "./name-set.ts";

/** `code` tells machines what kind of fault it is; `message` names the field. */
export type ReadManifest =
  | { readonly ok: true; readonly manifest: PluginManifest }
  | { readonly ok: false; readonly code: string; readonly message: string };

const MAX_NESTING = 64;

/** Reads `mimolo-plugin.json`: at most 256 KiB of UTF-8, no key twice, no unknown key, versions and ranges by semver, the
 *  entry among the files. Older names of interfaces come out as today's. Never throws. */
export function readManifest(bytes: Uint8Array): ReadManifest {
  if (bytes.byteLength > MAX_MANIFEST_BYTES) {
    return refuse(
      "manifest-too-large",
      `a manifest has at most ${MAX_MANIFEST_BYTES} bytes; found ${bytes.byteLength}`,
    );
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return refuse("not-utf8", "the manifest is not UTF-8");
  }
  let tree: unknown;
  try {
    tree = JSON.parse(text);
  } catch (error) {
    return refuse("not-json", `the manifest is not JSON: ${(error as Error).message}`);
  }
  const fault = jsonFault(text, MAX_NESTING);
  if (fault?.code === "too-deep") return refuse("too-deep", `the manifest nests deeper than ${MAX_NESTING}`);
  if (fault !== null)
    return refuse("duplicate-key", `the key ${shown(fault.key)} stands twice in one object, or is not allowed`);
  const read = readManifestTree(tree);
  if (!read.ok) return refuse(read.faults[0].code, read.faults[0].message);
  return rangeFault(read.value) ?? filesFault(read.value) ?? { ok: true, manifest: read.value };
}

/** The first range that npm could not read, by its field; shared with what authors write. */
export function unreadableRange(
  plugin: Pick<PluginManifest, "dependencies" | "engines">,
): { readonly path: readonly [string, string]; readonly message: string } | null {
  for (const table of ["dependencies", "engines"] as const) {
    for (const [name, range] of Object.entries(plugin[table])) {
      if (range === undefined || validRange(range) !== null) continue;
      const message = `${table}.${name} (${shown(range)}) is no range of versions, such as "^1" or ">=1.2 <3"`;
      return { path: [table, name], message };
    }
  }
  return null;
}

function rangeFault(manifest: PluginManifest): ReadManifest | null {
  const fault = unreadableRange(manifest);
  return fault === null ? null : refuse("invalid-value", fault.message);
}

function filesFault(manifest: PluginManifest): ReadManifest | null {
  const names = new NameSet();
  for (const name of [MANIFEST_NAME, SIGNATURE_NAME]) names.addFile(name);
  let total = 0;
  for (const [index, { path, size }] of manifest.files.entries()) {
    const fault = names.addFile(path);
    if (fault !== null) return refuse(fault.code, `files.${index}.path: ${fault.message}`);
    if (size > MAX_FILE_BYTES) {
      return refuse("file-too-large", `files.${index}.size: a file has at most ${MAX_FILE_BYTES} bytes`);
    }
    total += size;
  }
  if (total > MAX_PACKAGE_BYTES) {
    return refuse("package-too-large", `files: together at most ${MAX_PACKAGE_BYTES} bytes; found ${total}`);
  }
  const paths = new Set(manifest.files.map(({ path }) => path));
  for (const field of ["entry", "config_schema", "data_schema"] as const) {
    const path = manifest[field];
    if (typeof path !== "string" || paths.has(path)) continue;
    const fault = nameFault(path);
    return refuse(
      fault?.code ?? "missing-file",
      fault === null ? `${field}: ${shown(path)} is not among the files` : `${field}: ${fault.message}`,
    );
  }
  return null;
}

function refuse(code: string, message: string): ReadManifest {
  return { ok: false, code, message };
}

import type { Roots } from "../touch/touch.ts";
import { textInZip } from "./zip-entry.ts";

/** What a package says of itself, to be read before it is sent. Nobody has checked it. */
export interface PackageFacts {
  readonly pluginId: string;
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly author: string;
  readonly keyId: string | null;
  readonly capabilities: readonly string[];
  readonly permissions: readonly string[];
  readonly roots: Roots;
  readonly bytes: number;
}

/** As much as a package may have, and what a ZIP needs around it. */
export const MOST_PACKAGE_BYTES = 68 * 1024 * 1024;
const MANIFEST = "mimolo-plugin.json";
const MOST_MANIFEST_BYTES = 262_144;
const LONGEST_SHOWN = 400;

/** Reads what a file says of itself, or says in a sentence why it is no package. */
export async function readPackage(
  file: Blob,
): Promise<{ readonly ok: true; readonly facts: PackageFacts } | { readonly ok: false; readonly why: string }> {
  if (file.size > MOST_PACKAGE_BYTES) return no("It is larger than a package may be: 64 MiB.");
  const text = await textInZip(file, MANIFEST, MOST_MANIFEST_BYTES);
  if (text === null) return no(`There is no ${MANIFEST} in it. A package is a .mmpkg file made by mimolo plugin pack.`);
  const said = tableIn(text);
  const id = textIn(said, "id");
  if (!/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(id) || id.length > 64) return no(`Its ${MANIFEST} names no plugin.`);
  const publisher = said["publisher"];
  const keyId = isTable(publisher) ? textIn(publisher, "key_id") : "";
  const folders = isTable(said["filesystem"]) ? said["filesystem"] : {};
  return {
    ok: true,
    facts: {
      pluginId: id,
      name: textIn(said, "name") || id,
      version: textIn(said, "version"),
      description: textIn(said, "description"),
      author: textIn(said, "author"),
      keyId: keyId === "" ? null : keyId,
      capabilities: namesIn(said["capabilities"]),
      permissions: namesIn(said["permissions"]),
      roots: { read: namesIn(folders["read"]), write: namesIn(folders["write"]) },
      bytes: file.size,
    },
  };
}

/** A list of names, or a table of switches. */
function namesIn(value: unknown): string[] {
  const names = Array.isArray(value)
    ? value.filter((name) => typeof name === "string")
    : Object.entries(isTable(value) ? value : {}).flatMap(([name, isOn]) => (isOn === true ? [name] : []));
  return names.slice(0, 64).map(shown);
}

function textIn(table: Readonly<Record<string, unknown>>, key: string): string {
  const value = table[key];
  return typeof value === "string" ? shown(value) : "";
}

/** A stranger's words: nothing that turns text around or hides in it. */
export function shown(text: string): string {
  return text.slice(0, LONGEST_SHOWN).replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "");
}

function tableIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return isTable(value) ? value : {};
  } catch {
    return {};
  }
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function no(why: string): { readonly ok: false; readonly why: string } {
  return { ok: false, why };
}

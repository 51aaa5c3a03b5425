// How an index is written: the same entries give the same bytes, one line for each, so that a change shows as one line.
import type { PluginManifest } from "@mimolo/protocol";
import compareBuild from "semver/functions/compare-build.js";
import valid from "semver/functions/valid.js";
import type { IndexEntry } from "./index-entry.ts";

/** What publishing says of a package. */
export function entryOf(manifest: PluginManifest, file: string, sha256: string, keyId: string): IndexEntry {
  const { id, version, capabilities, description = "" } = manifest;
  return { id, version, file, sha256, key_id: keyId, capabilities, description };
}

/** The index with one more entry. Whatever else it says stays, known or not; sorted by id, then by version. */
export function withEntry(tree: Readonly<Record<string, unknown>>, entry: IndexEntry): string {
  const { plugins: before, ...more } = tree;
  const plugins = [...(Array.isArray(before) ? (before as unknown[]) : []), entry].toSorted(byIdThenVersion);
  const lines = plugins.map((value) => `    ${JSON.stringify(value)}`);
  const others = Object.entries(more).map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  const list = `  "plugins": [\n${lines.join(",\n")}\n  ]`;
  return `{\n${[...others, list].join(",\n")}\n}\n`;
}

/** What cannot be read as an entry stands first, in the order it had. */
function byIdThenVersion(one: unknown, other: unknown): number {
  const [a, b] = [wordIn(one, "id"), wordIn(other, "id")];
  if (a !== b) return a < b ? -1 : 1;
  const [older, newer] = [wordIn(one, "version"), wordIn(other, "version")];
  return valid(older) === null || valid(newer) === null ? 0 : compareBuild(older, newer);
}

function wordIn(value: unknown, name: "id" | "version"): string {
  const word = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : null;
  return typeof word === "string" ? word : "";
}

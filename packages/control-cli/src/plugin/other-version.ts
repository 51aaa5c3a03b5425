// Whether a plugin's own files say another version than its plugin.toml. Nothing is run: what it says, its sources show.
import { readFileSync } from "node:fs";
import { extname, join } from "node:path";
import type { PluginManifest } from "@mimolo/protocol";

const NODE = new Set([".ts", ".mts", ".cts", ".js", ".mjs", ".cjs"]);
/** Sources of what is compiled; versions of what they depend on stand elsewhere, or later. */
const COMPILED = new Set([".go", ".rs", ".c", ".cc", ".cpp", ".zig", ".nim", ".swift", ".cs"]);
const LONGEST = 4 * 1024 * 1024;
const SAID = /(?:version\w*["']?\s*[:=]+\s*|\brun\(\s*)["'`]?(\d+\.\d+\.\d+(?:[-+][\w.+-]*)?)/i;

/** A sentence with both versions and the place, where some source says a version and none says the manifest's; else `null`. */
export function otherVersion(directory: string, { version, entry, files }: PluginManifest): string | null {
  const program = extname(entry);
  const isSource = ({ path, size }: { readonly path: string; readonly size: number }) => {
    const kind = extname(path);
    if (size > LONGEST) return false;
    if (NODE.has(program)) return NODE.has(kind);
    return kind === program ? kind !== "" : program === "" && (COMPILED.has(kind) || path === "Cargo.toml");
  };
  const sources = files
    .filter(isSource)
    // What is written by hand is shorter than what was bundled of it.
    .toSorted((one, other) => one.size - other.size)
    .map(({ path }) => ({ path, text: readFileSync(join(directory, ...path.split("/")), "utf8") }));
  if (sources.some(({ text }) => text.includes(version))) return null;
  for (const { path, text } of sources) {
    const said = SAID.exec(text)?.[1];
    if (said !== undefined) return `plugin.toml says version ${version}, and ${path} still says ${said}`;
  }
  return null;
}

// The author's plugin.toml.
import { readFileSync } from "node:fs";
import { type PluginAuthorFile, readAuthorTree } from "@mimolo/protocol";
import { parse, TomlError } from "smol-toml";
import { authorFault, withPlainPaths } from "./author.ts";
import { tomlLine } from "./toml-lines.ts";

export const PLUGIN_FILE_NAME = "plugin.toml";

/** What is wrong with an author's file; `line` from 1. */
export interface PluginFileProblem {
  readonly path: string;
  readonly code: "unreadable" | "invalid-toml" | "unknown-key" | "missing-key" | "invalid-value";
  /** A sentence that names the field, what is allowed and, if one is near, the right name. */
  readonly message: string;
  readonly line?: number;
}

export type PluginFile =
  | { readonly ok: true; readonly author: PluginAuthorFile["plugin"]; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly problems: readonly [PluginFileProblem, ...PluginFileProblem[]] };

/** Nobody writes longer ones, and a scan reads many. */
const MAX_BYTES = 262_144;
const LEAST = "it says what the plugin is, at least [plugin] with id, name, version, type and entry";

/** Reads a `plugin.toml`. Runs nothing, never throws. Paths come out without a leading `./`; the older names
 *  `dependencies.core`, `min_python` and `max_python` come out as engines, with a warning each. */
export function readPluginFile(file: string): PluginFile {
  let text: string;
  try {
    const bytes = readFileSync(file);
    if (bytes.byteLength > MAX_BYTES) return refuse(file, "unreadable", `has more than ${MAX_BYTES} bytes`);
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? `is not there; ${LEAST}` : `cannot be read: ${message}`;
    return refuse(file, "unreadable", reason);
  }
  let tree: Record<string, unknown>;
  try {
    tree = parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) return refuse(file, "invalid-toml", `is not valid TOML: ${String(error)}`);
    const reason = (error.message.split("\n")[0] ?? "").replace(/^Invalid TOML document: /, "");
    return refuse(file, "invalid-toml", `not valid TOML: ${reason}`, error.line);
  }
  const warnings = renameOlder(tree);
  const read = readAuthorTree(tree);
  if (!read.ok) {
    const [first, ...more] = read.faults.map(({ path, code, message }): PluginFileProblem => {
      const line = tomlLine(text, path);
      return { path: file, code, message: `${file}:${line}: ${message}`, line };
    });
    return first === undefined
      ? refuse(file, "unreadable", "cannot be read")
      : { ok: false, problems: [first, ...more] };
  }
  const author = withPlainPaths(read.value.plugin);
  const fault = authorFault(author);
  if (fault !== null) {
    return refuse(file, "invalid-value", `plugin.${fault.message}`, tomlLine(text, ["plugin", ...fault.path]));
  }
  const { filesystem: { read: reads = [], write: writes = [] } = {}, capabilities } = author;
  if (reads.length + writes.length > 0 && !capabilities.includes("filesystem")) {
    const line = tomlLine(text, ["plugin", "filesystem"]);
    const ask = "plugin.capabilities does not ask for filesystem: none of them will be open";
    warnings.push(`${file}:${line}: plugin.filesystem names folders, but ${ask}`);
  }
  return { ok: true, author, warnings };
}

function refuse(path: string, code: PluginFileProblem["code"], reason: string, line?: number): PluginFile {
  const message = line === undefined ? `${path} ${reason}` : `${path}:${line}: ${reason}`;
  return { ok: false, problems: [{ path, code, message, ...(line !== undefined && { line }) }] };
}

/** Moves what older files say of versions to `engines`, where it is not said there already. */
function renameOlder(tree: Record<string, unknown>): string[] {
  const plugin = tableIn(tree, "plugin");
  if (plugin === null) return [];
  const warnings: string[] = [];
  const engines: Record<string, unknown> = { ...tableIn(plugin, "engines") };
  const move = (
    from: Record<string, unknown>,
    key: string,
    place: string,
    engine: string,
    rangeOf: (text: string) => string,
  ) => {
    const value = from[key];
    if (typeof value !== "string") return;
    delete from[key];
    engines[engine] = [engines[engine], rangeOf(value)].filter((range) => typeof range === "string").join(" ");
    warnings.push(`${place} is read as engines.${engine}`);
  };
  const asWritten = (range: string) => range;
  const dependencies = tableIn(plugin, "dependencies");
  if (dependencies !== null) move(dependencies, "core", "dependencies.core", "mimolo", asWritten);
  for (const [table, place] of [
    [plugin, ""],
    [dependencies, "dependencies."],
  ] as const) {
    if (table === null) continue;
    move(table, "min_python", `${place}min_python`, "python", (version) => `>=${version}`);
    move(table, "max_python", `${place}max_python`, "python", (version) => `<${version}`);
  }
  if (warnings.length > 0) plugin["engines"] = engines;
  return warnings;
}

function tableIn(tree: Record<string, unknown>, key: string): Record<string, unknown> | null {
  const value = tree[key];
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date)
    ? (value as Record<string, unknown>)
    : null;
}

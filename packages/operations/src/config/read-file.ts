/** One configuration file to one layer. */
import { createHash } from "node:crypto";
import { type Stats, readFileSync, statSync } from "node:fs";
import { dirname, extname } from "node:path";
import type { ConfigErrorCode, ConfigProblem } from "./error.ts";
import { type ConfigLayer, type ConfigSource, keyText, placeText } from "./layer.ts";
import { plainTree } from "./plain-tree.ts";
import { readToml } from "./read-toml.ts";
import { readYaml } from "./read-yaml.ts";

/** No real configuration comes near this. */
const maxBytes = 1_048_576;

export interface FileRequest {
  /** Absolute path. */
  readonly file: string;
  readonly title: string;
  readonly source: ConfigSource;
  /** Merely found in a folder, not named by anyone. */
  readonly found: boolean;
  /** Whether its absence is an error. */
  readonly required: boolean;
}

export interface FileReading {
  readonly layer?: ConfigLayer;
  readonly problems: readonly ConfigProblem[];
}

/** Reads a `.yaml`, `.yml` or `.json` file as YAML, any other as TOML. Absent and not required: no layer, no problem.
 *  `standIn` is a text to judge in its place; it may do what the file it stands for may, whose digest it gets. */
export function readConfigFile(request: FileRequest, standIn?: string): FileReading {
  const failed = (code: ConfigErrorCode, reason: string, more: Partial<ConfigProblem> = {}): FileReading => ({
    problems: [{ code, message: `${request.title}: ${reason}`, file: request.file, ...more }],
  });
  let text: string;
  let sha256: string | undefined;
  try {
    const stats = statSync(request.file);
    const refusal = refusalOf(stats, request);
    if (refusal !== undefined) return failed("unreadable", refusal);
    const bytes = readFileSync(request.file);
    if (bytes.length > maxBytes) return failed("unreadable", tooLarge);
    if (request.found) sha256 = createHash("sha256").update(bytes).digest("hex");
    text = standIn ?? new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return failed("unreadable", "not UTF-8 text", { hint: "save it as UTF-8" });
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    const absent = code === "ENOENT" || code === "ENOTDIR";
    if (absent && !request.required) return { problems: [] };
    if (absent) return failed("not-found", "no such file", { hint: "check the path, or write one with: mimolo init" });
    return failed("unreadable", `cannot be read (${code})`);
  }
  const parsed = /^\.(ya?ml|json)$/i.test(extname(request.file)) ? readYaml(text) : readToml(text);
  if (!parsed.ok) {
    const { code, reason, position, key, hint } = parsed;
    const title = position === undefined ? request.title : `${request.title}:${position.line}:${position.column}`;
    const problem = { code, message: `${title}: ${reason}`, file: request.file };
    return { problems: [{ ...problem, ...position, ...(key && { key }), ...(hint && { hint }) }] };
  }
  const { tree, faults } = plainTree(parsed.tree);
  const { title, source, file, found } = request;
  const read = { source, from: file, title, folder: dirname(file), found, tree, place: parsed.place };
  const layer: ConfigLayer = sha256 === undefined ? read : { ...read, sha256 };
  const problems = faults.map(({ code, path, reason }): ConfigProblem => {
    const key = keyText(path);
    return { code, message: `${placeText(layer, path)}: "${key}" ${reason}`, file, key, ...layer.place(path) };
  });
  return { layer, problems };
}

const tooLarge = `larger than ${maxBytes / 1_048_576} MiB`;

/** A found pipe or device could block the reader for ever, so only a named one is opened. */
function refusalOf(stats: Stats, request: FileRequest): string | undefined {
  if (stats.isDirectory()) return "a folder, not a file";
  if (!stats.isFile() && request.found) return "not a regular file";
  return stats.size > maxBytes ? tooLarge : undefined;
}

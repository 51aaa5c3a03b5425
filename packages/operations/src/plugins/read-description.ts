import { readFileSync, type Stats } from "node:fs";
import { basename } from "node:path";
import { MAX_MANIFEST_BYTES, type PluginProblem, readAuthorTree } from "@mimolo/protocol";
import { authorFault, readManifest, readPluginFile, tomlLine, withPlainPaths } from "@mimolo/trust/package";
import { FileReadings } from "./file-readings.ts";
import type { PluginDescription } from "./found-plugin.ts";
import { MANIFEST_FILE, PACKAGE_FILE, problem, unreadable } from "./plugin-folders.ts";

/** The line, from 1, on which a key of the plugin's own table stands; `undefined` where lines say nothing. */
export type LineOf = (path: readonly string[]) => number | undefined;

export interface Description {
  readonly manifest: PluginDescription;
  readonly lineOf: LineOf;
}

export type DescriptionReading =
  | ({ readonly ok: true } & Description)
  | { readonly ok: false; readonly problem: PluginProblem };

/** What a `plugin.toml`, or the manifest of an unpacked package, says. Never throws, and opens nothing but regular files of a
 *  size that a description may have. */
export function readDescription(file: string, readings = new FileReadings()): DescriptionReading {
  try {
    return readings.of("description", file, (stats) => readAnew(file, stats));
  } catch (error) {
    return failed(unreadable(file, error));
  }
}

function readAnew(file: string, stats: Stats): DescriptionReading {
  const refusal = refusalOf(stats);
  if (refusal !== undefined) return failed(problem(file, ...refusal));
  if (basename(file) === PACKAGE_FILE) return ofPackageJson(file);
  if (basename(file) === MANIFEST_FILE) {
    const read = readManifest(readFileSync(file));
    return read.ok ? described(read.manifest) : failed(problem(file, read.code, read.message));
  }
  const read = readPluginFile(file);
  return read.ok ? described(read.author, (path) => lineIn(file, path)) : failed(firstOf(read.problems));
}

/** The `[plugin]` table under the key `mimolo` of a `package.json`; what npm says in the same words holds where it is silent. */
function ofPackageJson(file: string): DescriptionReading {
  const tree = JSON.parse(readFileSync(file, "utf8").replace(/^\uFEFF/, "")) as Record<string, unknown>;
  const { name, version, description, license, homepage, mimolo } = tree;
  // It may stand there as in a plugin.toml, below its name.
  const said = Object(Object(mimolo)["plugin"] ?? mimolo) as object;
  const read = readAuthorTree({ plugin: { name, version, description, license, homepage, ...said } });
  if (!read.ok) {
    const [{ code, message }] = read.faults;
    return failed(problem(file, code, message.replace("plugin.", "mimolo.")));
  }
  const author = withPlainPaths(read.value.plugin);
  const fault = authorFault(author);
  return fault === null ? described(author) : failed(problem(file, "invalid-value", `mimolo.${fault.message}`));
}

function described(manifest: PluginDescription, lineOf: LineOf = () => undefined): DescriptionReading {
  return { ok: true, manifest, lineOf };
}

function failed(told: PluginProblem): DescriptionReading {
  return { ok: false, problem: told };
}

/** Read again for it: almost no plugin is asked for its lines. */
function lineIn(file: string, path: readonly string[]): number | undefined {
  try {
    return tomlLine(readFileSync(file, "utf8"), ["plugin", ...path]);
  } catch {
    return undefined;
  }
}

/** One problem for one plugin; `mimolo plugin pack` names them all. Path and line have fields of their own here. */
function firstOf([told, ...others]: readonly [PluginProblem, ...PluginProblem[]]): PluginProblem {
  const { path, line, message } = told;
  const place = [`${path}:${line}: `, `${path}: `, `${path} `].find((prefix) => message.startsWith(prefix)) ?? "";
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  return { ...told, message: `${message.slice(place.length)}${more}` };
}

function refusalOf(stats: Stats): [code: string, message: string] | undefined {
  if (!stats.isFile()) return ["not-a-file", "is no regular file"];
  if (stats.size <= MAX_MANIFEST_BYTES) return undefined;
  return ["too-large", `larger than ${MAX_MANIFEST_BYTES / 1024} KiB, which no description of a plugin may be`];
}

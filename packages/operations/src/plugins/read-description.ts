import { readFileSync, type Stats, statSync } from "node:fs";
import { basename } from "node:path";
import { MAX_MANIFEST_BYTES, type PluginProblem, readAuthorTree } from "@mimolo/protocol";
import { readManifest, readPluginFile } from "@mimolo/trust/package";
import type { PluginDescription } from "./found-plugin.ts";
import { MANIFEST_FILE, PACKAGE_FILE, problem, unreadable } from "./plugin-folders.ts";

export type DescriptionReading =
  | { readonly ok: true; readonly manifest: PluginDescription }
  | { readonly ok: false; readonly problem: PluginProblem };

/** What a `plugin.toml`, or the manifest of an unpacked package, says. Never throws, and opens nothing but regular files of a
 *  size that a description may have. */
export function readDescription(file: string): DescriptionReading {
  const failed = (told: PluginProblem): DescriptionReading => ({ ok: false, problem: told });
  try {
    const refusal = refusalOf(statSync(file));
    if (refusal !== undefined) return failed(problem(file, ...refusal));
    if (basename(file) === MANIFEST_FILE) {
      const read = readManifest(readFileSync(file));
      return read.ok ? read : failed(problem(file, read.code, read.message));
    }
    if (basename(file) === PACKAGE_FILE) return ofPackageJson(file);
    const read = readPluginFile(file);
    return read.ok ? { ok: true, manifest: read.author } : failed(firstOf(read.problems));
  } catch (error) {
    return failed(unreadable(file, error));
  }
}

/** The `[plugin]` table under the key `mimolo` of a `package.json`; what npm says in the same words holds where it is silent. */
function ofPackageJson(file: string): DescriptionReading {
  const tree = JSON.parse(readFileSync(file, "utf8").replace(/^\uFEFF/, "")) as Record<string, unknown>;
  const { name, version, description, license, homepage, mimolo } = tree;
  const read = readAuthorTree({ plugin: { name, version, description, license, homepage, ...Object(mimolo) } });
  if (read.ok) return { ok: true, manifest: read.value.plugin };
  const [{ code, message }] = read.faults;
  return { ok: false, problem: problem(file, code, message.replace("plugin.", "mimolo.")) };
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

/** npm packages that say they hold a plugin. Their scripts never run and their code is not loaded: one JSON file is read. */
import { readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import type { PluginProblem } from "@mimolo/protocol";
import type { FileReadings } from "./file-readings.ts";
import type { Pausing } from "./in-slices.ts";
import { type Candidate, type Candidates, descriptionIn, foldersIn } from "./plugin-folders.ts";
import { PACKAGE_FILE, PLUGIN_FILE, problem, realOf } from "./plugin-folders.ts";

const MOST_PACKAGES = 10_000;
const MOST_BYTES = 1_048_576;

/** The packages in `node_modules` right below `root`, scoped ones too, with a `mimolo` key in their `package.json`: `true`, the path of
 *  a `plugin.toml` inside the package (or of its folder), that path under `plugin`, or the `[plugin]` table itself, there or under `plugin`. Nested `node_modules` are not looked into; links are followed once. */
export function* npmPackages(root: string, readings: FileReadings): Pausing<Candidates> {
  const candidates: Candidate[] = [];
  const problems: PluginProblem[] = [];
  const folders = yield* packageFolders(join(root, "node_modules"));
  if (folders.length > MOST_PACKAGES) {
    const message = `more than ${MOST_PACKAGES} packages: only the first ${MOST_PACKAGES} by name were looked at`;
    problems.push(problem(join(root, "node_modules"), "too-many", message));
  }
  for (const folder of folders.slice(0, MOST_PACKAGES)) {
    yield;
    const found = pluginOf(folder, readings);
    if (found === undefined) continue;
    if ("code" in found) problems.push(found);
    else candidates.push(found);
  }
  return { candidates, problems };
}

function* packageFolders(modules: string): Pausing<string[]> {
  const folders: string[] = [];
  for (const name of named(modules)) {
    yield;
    const folder = join(modules, name);
    if (name.startsWith("@")) folders.push(...named(folder).map((inner) => join(folder, inner)));
    else folders.push(folder);
  }
  return folders;
}

/** Most folders have no packages, and that is no problem of a plugin. */
function named(folder: string): string[] {
  const names = foldersIn(folder);
  return Array.isArray(names) ? names : [];
}

function pluginOf(folder: string, readings: FileReadings): Candidate | PluginProblem | undefined {
  const file = join(folder, PACKAGE_FILE);
  const says = saidIn(file, readings);
  if (says === undefined || says === false) return undefined;
  if (says === notJson) return problem(file, "invalid-json", 'it speaks of "mimolo", but is not valid JSON');
  const real = realOf(folder);
  if ("problem" in real) return real.problem;
  const path = typeof says === "object" && says !== null && "plugin" in says ? says.plugin : says;
  if (typeof path === "string") return insideOf(real.real, path, file);
  const description = descriptionIn(real.real);
  if (description !== undefined) return { source: "npm", folder: real.real, file: description };
  // What stands under the key may be the [plugin] table itself.
  if (typeof path === "object" && path !== null && "id" in path) {
    return { source: "npm", folder: real.real, file: join(real.real, PACKAGE_FILE) };
  }
  return problem(file, "no-plugin-file", `it has a "mimolo" key, but there is no ${PLUGIN_FILE} beside it`);
}

function insideOf(folder: string, path: string, packageFile: string): Candidate | PluginProblem {
  const file = realFile(resolve(folder, path));
  if (file === undefined) {
    return problem(packageFile, "no-plugin-file", `"mimolo" names ${path}, and there is no such file in the package`);
  }
  if (!file.startsWith(`${folder}${sep}`)) {
    return problem(packageFile, "outside", `"mimolo" names ${path}, which lies outside the package`);
  }
  return { source: "npm", folder: dirname(file), file };
}

/** The file with links followed; of a folder, what describes the plugin in it. */
function realFile(file: string): string | undefined {
  try {
    const real = realpathSync(file);
    const inside = statSync(real).isDirectory() ? descriptionIn(real) : undefined;
    return inside === undefined ? real : realpathSync(inside);
  } catch {
    return undefined;
  }
}

/** The text speaks of us, and nobody can tell what it says. */
const notJson = Symbol("not JSON");

/** What stands under `mimolo`; `undefined` where nothing does. Other people's packages are their own business. */
function saidIn(file: string, readings: FileReadings): unknown {
  try {
    return readings.of("npm", file, (stats) => {
      if (!stats.isFile() || stats.size > MOST_BYTES) return undefined;
      const text = readFileSync(file, "utf8");
      return text.includes('"mimolo"') ? mimoloIn(text) : undefined;
    });
  } catch {
    return undefined;
  }
}

function mimoloIn(text: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    if (typeof parsed !== "object" || parsed === null || !Object.hasOwn(parsed, "mimolo")) return undefined;
    return (parsed as Record<string, unknown>)["mimolo"];
  } catch {
    return notJson;
  }
}

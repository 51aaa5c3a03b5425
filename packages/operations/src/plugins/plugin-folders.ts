/** Folders that may hold a plugin. Only names are read here; nothing in them is opened. */
import { type Dirent, readdirSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import type { PluginProblem } from "@mimolo/protocol";
import type { Pausing } from "./in-slices.ts";

export type FoundIn = "dev" | "registry" | "npm";

/** A file that describes a plugin. */
export interface Candidate {
  readonly source: FoundIn;
  /** Absolute, links followed. */
  readonly folder: string;
  readonly file: string;
}

export interface Candidates {
  readonly candidates: readonly Candidate[];
  readonly problems: readonly PluginProblem[];
}

/** What an author writes. */
export const PLUGIN_FILE = "plugin.toml";
/** What packing makes of it; a folder that has it is an unpacked package. */
export const MANIFEST_FILE = "mimolo-plugin.json";

/** What an npm package says of itself, its plugin included if it wants. */
export const PACKAGE_FILE = "package.json";

/** Nobody keeps more plugins than this in one folder. */
const MOST_FOLDERS = 2_000;

/** The folders in `plugins/dev`; one without a description is told, since whoever put it there meant something by it. */
export function* devFolders(parent: string): Pausing<Candidates> {
  return yield* below(parent, "dev", ({ folder }) => [
    problem(folder, "no-plugin-file", `there is no ${PLUGIN_FILE} in it; it begins with [plugin] and an id`),
  ]);
}

/** The plugin that a folder of `[registry] paths` is, else those right below it; what else lies there is passed over. */
export function* registryFolders(path: string): Pausing<Candidates> {
  const folder = realOf(path);
  if ("problem" in folder) return { candidates: [], problems: [folder.problem] };
  const file = descriptionIn(folder.real);
  if (file !== undefined) return { candidates: [{ source: "registry", folder: folder.real, file }], problems: [] };
  return yield* below(path, "registry", () => []);
}

function* below(
  parent: string,
  source: FoundIn,
  empty: (entry: { folder: string }) => PluginProblem[],
): Pausing<Candidates> {
  const names = foldersIn(parent);
  if (!Array.isArray(names)) return { candidates: [], problems: [names] };
  const candidates: Candidate[] = [];
  const problems: PluginProblem[] = [];
  if (names.length > MOST_FOLDERS) {
    const message = `more than ${MOST_FOLDERS} folders: only the first ${MOST_FOLDERS} by name were looked at`;
    problems.push(problem(parent, "too-many", message));
  }
  for (const name of names.slice(0, MOST_FOLDERS)) {
    yield;
    const folder = join(parent, name);
    const real = realOf(folder);
    if ("problem" in real) problems.push(real.problem);
    else {
      const file = descriptionIn(real.real);
      if (file === undefined) problems.push(...empty({ folder }));
      else candidates.push({ source, folder: real.real, file });
    }
  }
  return { candidates, problems };
}

/** The names of folders and links in a folder, sorted; hidden ones and `node_modules` never hold plugins. */
export function foldersIn(parent: string): string[] | PluginProblem {
  let entries: Dirent[];
  try {
    entries = readdirSync(parent, { withFileTypes: true });
  } catch (error) {
    return unreadable(parent, error);
  }
  return entries
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
    .map(({ name }) => name)
    .filter((name) => !name.startsWith(".") && name !== "node_modules")
    .toSorted((one, other) => (one < other ? -1 : 1));
}

/** A folder with links followed. A link to a file is none. */
export function realOf(folder: string): { real: string } | { problem: PluginProblem } {
  try {
    const real = realpathSync(folder);
    if (statSync(real).isDirectory()) return { real };
    return { problem: problem(folder, "not-a-folder", "is no folder") };
  } catch (error) {
    return { problem: unreadable(folder, error) };
  }
}

/** The file of a folder that describes a plugin. One that cannot be looked at counts: reading it will say why. */
export function descriptionIn(folder: string): string | undefined {
  return [PLUGIN_FILE, MANIFEST_FILE].map((name) => join(folder, name)).find(mayBeThere);
}

function mayBeThere(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return true;
  }
}

export function problem(path: string, code: string, message: string): PluginProblem {
  return { path, code, message };
}

/** Why nothing could be read there, by what the system said. */
export function unreadable(path: string, error: unknown): PluginProblem {
  const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
  if (code === "ENOENT") return problem(path, "not-found", "there is nothing here, or its link leads nowhere");
  if (code === "ENOTDIR") return problem(path, "not-a-folder", "is no folder");
  if (code === "ELOOP") return problem(path, "unreadable", "is a link that leads back to itself");
  if (code === "EACCES" || code === "EPERM") return problem(path, "unreadable", "you may not read it");
  return problem(path, "unreadable", `cannot be read (${code})`);
}

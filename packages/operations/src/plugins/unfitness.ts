import { statSync } from "node:fs";
import { basename, join } from "node:path";
import type { PluginProblem } from "@mimolo/protocol";
import { incompatibilityHere } from "./compatibility.ts";
import type { FoundPlugin } from "./found-plugin.ts";
import { problem } from "./plugin-folders.ts";
import type { LineOf } from "./read-description.ts";

/** Why a plugin cannot run here, by what it says of itself and by whether its program is there; `null` when it could. Its program
 *  is looked at, not opened. */
export function unfitness({ pluginId, folder, file, manifest }: FoundPlugin, lineOf: LineOf): PluginProblem | null {
  const misfit = incompatibilityHere(manifest);
  if (misfit !== null) {
    const { path, reason } = misfit;
    return { ...problem(file, "incompatible", `${pluginId} ${reason}`), ...placed(lineOf(path)) };
  }
  const missing = missingProgram(folder, manifest.entry);
  if (missing === null) return null;
  const message = `its program ${manifest.entry} ${missing}; correct entry in ${basename(file)}`;
  return { ...problem(file, "missing-file", message), ...placed(lineOf(["entry"])) };
}

function missingProgram(folder: string, entry: string): string | null {
  try {
    return statSync(join(folder, entry)).isFile() ? null : "is no file";
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "ENOENT" || code === "ENOTDIR") return `is not in ${folder}`;
    return `cannot be read (${code})`;
  }
}

function placed(line: number | undefined): { line?: number } {
  return line === undefined ? {} : { line };
}

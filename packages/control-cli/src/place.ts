import { resolve } from "node:path";
import { resolveDataDirectory } from "@mimolo/operations/reading";
import type { Call } from "./call.ts";
import { CliError, EXIT } from "./error.ts";

/** The data directory this call is about, absolute. */
export function dataDirOf(call: Pick<Call, "options" | "surroundings">): string {
  if (call.options.dataDir === "") {
    // Often `--data-dir "$UNSET"`: falling back to the usual folder would surprise.
    throw new CliError("usage", EXIT.usage, "--data-dir is empty", "Name a folder, or leave the option out.");
  }
  return resolveDataDirectory(call.options.dataDir, call.surroundings.env);
}

/** The folder that `--repo` names, absolute. */
export function repositoryOf({ surroundings }: Pick<Call, "surroundings">, repo: string): string {
  if (repo === "")
    throw new CliError("usage", EXIT.usage, "--repo is empty", "Name a folder, or leave the option out.");
  return resolve(surroundings.cwd, repo);
}

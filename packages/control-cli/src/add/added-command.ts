import { subjectOf } from "@mimolo/operations/trust";
import { resolveExecutable } from "@mimolo/supervisor";
import { dirname } from "node:path";
import type { Call } from "../call.ts";
import { CliError, EXIT } from "../error.ts";

/** A command that can be run and allowed. */
export interface AddedCommand {
  /** As it was typed. */
  readonly executable: string;
  readonly args: readonly string[];
  /** What has to be allowed, absolute. */
  readonly files: readonly string[];
}

/** Finds the command as a collector will. Throws a usage error for one that is not there, and for one that could never be allowed. */
export function addedCommand({ surroundings }: Pick<Call, "surroundings">, words: readonly string[]): AddedCommand {
  const { cwd, env } = surroundings;
  const [executable, ...args] = words;
  if (executable === undefined || executable === "") {
    throw new CliError("usage", EXIT.usage, "which command?", "mimolo add disk --every 60s --as lines -- df -h /");
  }
  const found = resolveExecutable(executable, { cwd, env });
  if (!found.ok) {
    const hint =
      found.code === "not-found"
        ? `correct it, or name its path; what it finds is found on PATH or from ${cwd}`
        : `make it executable (chmod +x), or name its interpreter first: sh ${executable}`;
    throw new CliError(found.code, EXIT.usage, found.message, hint);
  }
  const { files, program, missing } = subjectOf({ executable: found.path, args, cwd }, env);
  if (program === null) {
    const what =
      missing === null
        ? "is given code and no file, so nobody could say what was allowed"
        : `is to run ${missing}, which is no file`;
    const hint = "put it into a script and add that: mimolo add LABEL --every 60s --as lines -- sh ./check.sh";
    throw new CliError("not-a-file", EXIT.usage, `${executable} ${what}`, hint);
  }
  return { executable, args, files };
}

/** `cwd` where the file that configures it lies elsewhere: what the command names is meant from here. */
export function folderFor(configFile: string, cwd: string): { cwd?: string } {
  return dirname(configFile) === cwd ? {} : { cwd };
}

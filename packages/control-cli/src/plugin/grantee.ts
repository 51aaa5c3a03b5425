import { realpathSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import type { Call } from "../call.ts";

/** Who is meant: a plugin by its id, or a script by its path, real and absolute. */
export function grantee({ surroundings }: Pick<Call, "surroundings">, typed: string): string {
  const isPath = isAbsolute(typed) || typed.includes("/") || typed.includes("\\");
  if (!isPath) return typed;
  const path = resolve(surroundings.cwd, typed);
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}

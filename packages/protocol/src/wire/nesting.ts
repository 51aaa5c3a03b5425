// How deep a parsed JSON value goes. Stops at the limit, so a hostile depth costs no stack.
import { MAX_NESTING } from "./constants.ts";

/** A line shorter than this cannot hold `MAX_NESTING` + 1 open brackets and their closing ones. */
export const SHORTEST_TOO_DEEP_BYTES = 2 * (MAX_NESTING + 1);

/** Whether objects and arrays stand more than `MAX_NESTING` deep in a parsed JSON value. */
export function isTooDeep(value: unknown, levelsLeft: number = MAX_NESTING): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (levelsLeft === 0) return true;
  if (Array.isArray(value)) {
    for (const item of value) {
      if (typeof item === "object" && item !== null && isTooDeep(item, levelsLeft - 1)) return true;
    }
    return false;
  }
  const fields = value as Record<string, unknown>;
  for (const key in fields) {
    const field = fields[key];
    if (typeof field === "object" && field !== null && isTooDeep(field, levelsLeft - 1)) return true;
  }
  return false;
}

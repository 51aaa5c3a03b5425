import type { RegisterReport } from "@mimolo/protocol";
import { type Check, ok, warning } from "./check.ts";

const MOST_NAMED = 3;

/** What is known here, and what of it cannot run: blocked, unmet dependencies, descriptions that cannot be read. */
export function checkPlugins({ plugins, problems }: RegisterReport): Check {
  const known = `${plugins.length} known`;
  if (problems.length === 0) return ok("plugins", `${known}, nothing in the way of any`);
  const shown = problems.slice(0, MOST_NAMED).map(({ path, message }) => {
    return message.startsWith(path) || message.includes(path) ? message : `${path}: ${message}`;
  });
  const left = problems.length - shown.length;
  const told = [`${known}, and ${problems.length === 1 ? "a problem" : `${problems.length} problems`}:`, ...shown];
  return warning("plugins", [...told, ...(left === 0 ? [] : [`and ${left} more`])].join("\n"), "mimolo plugin list");
}

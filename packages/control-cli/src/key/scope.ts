import { isScope } from "@mimolo/operations/trust";
import { CliError, EXIT } from "../error.ts";

/** What a key vouches for when nobody says it: what never leaves this machine. */
const OWN_SCOPE = ["local.*"];

/** Globs as typed, also with commas between. Throws a usage error for one that covers no id. */
export function scopeOr(written: readonly string[] = OWN_SCOPE): string[] {
  const globs = written.flatMap((each) => each.split(",")).filter((glob) => glob !== "");
  const wrong = globs.find((glob) => !isScope(glob));
  if (wrong !== undefined || globs.length === 0) {
    throw new CliError(
      "usage",
      EXIT.usage,
      `"${wrong ?? ""}" covers no plugin id`,
      "Ids are lower case with dots, such as acme.inbox; * stands for any part: --scope 'acme.*'",
    );
  }
  return [...new Set(globs)];
}

/** The label as typed, else who one is to the system. */
export function labelOrName(label: string | undefined, env: Readonly<Record<string, string | undefined>>): string {
  return label ?? env["USER"] ?? env["USERNAME"] ?? "mine";
}

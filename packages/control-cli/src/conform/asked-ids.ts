import { CliError, EXIT } from "../error.ts";

/** The rules that `--only` names; undefined: all. Throws for one that is not there. */
export async function askedIds(typed: string | undefined): Promise<readonly string[] | undefined> {
  if (typed === undefined) return undefined;
  const { rules } = await import("@mimolo/agent-sdk/testing");
  const ids = typed
    .split(",")
    .map((id) => id.trim().toUpperCase())
    .filter((id) => id !== "");
  const unknown = ids.find((id) => rules.every((rule) => rule.id !== id));
  if (unknown === undefined && ids.length > 0) return ids;
  const hint = "`mimolo conform --verbose` shows each with its id, and so does docs/conformance.";
  throw new CliError("usage", EXIT.usage, `there is no rule "${unknown ?? typed}"`, hint);
}

import { CliError, EXIT } from "../error.ts";
import { jsonIn } from "../parse/json.ts";

/** An agent's settings as they were typed, or in a file after `@`; none: an empty object. */
export function settingsIn(typed: string | undefined, cwd: string): Readonly<Record<string, unknown>> {
  if (typed === undefined) return {};
  const settings = jsonIn(typed, "--settings", cwd);
  if (typeof settings === "object" && settings !== null && !Array.isArray(settings)) return { ...settings };
  throw new CliError("usage", EXIT.usage, "--settings is no JSON object", `For instance: --settings '{"count": 3}'`);
}

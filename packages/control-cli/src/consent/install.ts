import type { Call } from "../call.ts";
import type { PluginOptions } from "../commands/plugin.ts";
import { CliError, EXIT } from "../error.ts";
import type { Inspection } from "../plugin/inspected.ts";
import { packageLines } from "../present/inspection.ts";
import { commandFor } from "../run/first-screen.ts";
import { canAsk, confirmed } from "./ask.ts";
import { grantNames } from "./grants.ts";

/** What each package may touch, in their order: as the options say, else as somebody at a terminal agrees; `null` when they do
 *  not. `again` is the command that gets the missing `--grant`. Throws exit code 4 where something is to be asked and nobody is
 *  there. */
export async function consented(
  call: Call<PluginOptions>,
  packages: readonly Inspection[],
  again: string,
): Promise<readonly (readonly string[])[] | null> {
  if (call.options.yes === true) return packages.map(({ requested }) => requested);
  const given = grantNames(call.options.grant ?? []);
  checkAskedFor(given, packages);
  const lacking = ({ wantsConsent }: Inspection) => wantsConsent.filter((name) => !given.includes(name));
  const open = packages.filter((found) => lacking(found).length > 0);
  if (open.length > 0 && !canAsk(call)) throw nobodyToAsk(call, open, given, again);
  for (const found of open) {
    call.output.note(...packageLines(found, call.output.colour, call.output.columns), "");
    const does = found.installed === null ? "install it" : `take it in the place of ${found.installed}`;
    if (!(await confirmed(`Grant this and ${does}?`))) return null;
  }
  return packages.map((found) =>
    open.includes(found) ? found.requested : given.filter((name) => found.requested.includes(name)),
  );
}

function checkAskedFor(given: readonly string[], packages: readonly Inspection[]): void {
  const asked = new Set(packages.flatMap(({ requested }) => requested));
  const stray = given.find((name) => !asked.has(name));
  if (stray === undefined) return;
  const all = asked.size === 0 ? "nothing" : [...asked].join(", ");
  const who = packages.length === 1 ? "it" : "none of them";
  const does = packages.length === 1 ? "does not ask" : "asks";
  const they = packages.length === 1 ? "It asks" : "They ask";
  throw new CliError("usage", EXIT.usage, `${who} ${does} for ${stray}`, `${they} for: ${all}.`);
}

function nobodyToAsk(
  { options, surroundings }: Call<PluginOptions>,
  open: readonly Inspection[],
  given: readonly string[],
  again: string,
): CliError {
  const wants = ({ wantsConsent }: Inspection) => wantsConsent.filter((name) => !given.includes(name));
  const told = open.map((found) => `${found.manifest?.id ?? "it"} asks for ${wants(found).join(", ")}`);
  const names = [...new Set([...given, ...open.flatMap(wants)])].join(" ");
  const command = commandFor(surroundings.env, options.dataDir)(`${again} --grant ${names}`);
  return new CliError(
    "needs-consent",
    EXIT.refused,
    `${told.join("; ")}, and there is no terminal to ask at`,
    `Grant that: ${command}\nOr all it asks for: --yes`,
  );
}

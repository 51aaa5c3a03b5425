import { shellWord } from "@mimolo/operations/trust";
import type { Call } from "../call.ts";
import type { PluginOptions } from "../commands/plugin.ts";
import { CliError, EXIT } from "../error.ts";
import type { Inspection } from "../plugin/inspected.ts";
import { packageLines } from "../present/inspection.ts";
import { commandFor } from "../run/first-screen.ts";
import { canAsk, confirmed } from "./ask.ts";
import { grantNames } from "./grants.ts";

/** What the package may touch: as the options say, else as somebody at a terminal agrees; `null` when they do not. Throws
 *  exit code 4 where something is to be asked and nobody is there. */
export async function consented(
  call: Call<PluginOptions>,
  found: Inspection,
  typed: string,
): Promise<readonly string[] | null> {
  const { options, output } = call;
  if (options.yes === true) return found.requested;
  const grants = grantNames(options.grant ?? []);
  const stray = grants.find((name) => !found.requested.includes(name));
  if (stray !== undefined) {
    const asks = found.requested.length === 0 ? "nothing" : found.requested.join(", ");
    throw new CliError("usage", EXIT.usage, `it does not ask for ${stray}`, `It asks for: ${asks}.`);
  }
  const open = found.wantsConsent.filter((name) => !grants.includes(name));
  if (open.length === 0) return grants;
  if (!canAsk(call)) {
    const again = `plugin install ${shellWord(typed)} --grant ${[...grants, ...open].join(" ")}`;
    throw new CliError(
      "needs-consent",
      EXIT.refused,
      `${found.manifest?.id ?? typed} asks for ${open.join(", ")}, and there is no terminal to ask at`,
      `Grant that: ${commandFor(call.surroundings.env, options.dataDir)(again)}\nOr all it asks for: --yes`,
    );
  }
  output.note(...packageLines(found, output.colour, output.columns), "");
  return (await confirmed("Grant this and install it?")) ? found.requested : null;
}

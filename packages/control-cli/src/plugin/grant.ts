import type { Call } from "../call.ts";
import type { PluginOptions } from "../commands/plugin.ts";
import { grantNames } from "../consent/grants.ts";
import { BY } from "../desk/desk.ts";
import { throughDesk } from "../desk/through-desk.ts";
import type { ExitCode } from "../error.ts";
import { touchLines, touches } from "../present/capability.ts";
import { unconfinedHere } from "../present/unconfined.ts";
import { grantee } from "./grantee.ts";
import { rootsOf } from "./roots.ts";
import { tellHeld } from "./tell-held.ts";

/** `mimolo plugin grant ID CAP…`: is the consent itself, so it says what it means and asks nothing. */
export async function grant(call: Call<PluginOptions>, [typed = "", ...written]: readonly string[]): Promise<ExitCode> {
  const { output } = call;
  const capabilities = grantNames(written);
  const held = await throughDesk(call, (desk) => desk.grant({ pluginId: grantee(call, typed), capabilities, by: BY }));
  output.note(
    `${held.plugin_id} may from now on:`,
    ...touchLines(touches(capabilities, rootsOf(call, held.plugin_id)), output.colour, output.columns),
  );
  const unconfined = unconfinedHere(call);
  if (unconfined !== null && !output.options.json) output.warn(unconfined);
  return await tellHeld(call, held);
}

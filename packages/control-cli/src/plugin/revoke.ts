import type { Call } from "../call.ts";
import type { PluginOptions } from "../commands/plugin.ts";
import { grantNames } from "../consent/grants.ts";
import { BY } from "../desk/desk.ts";
import { throughDesk } from "../desk/through-desk.ts";
import type { ExitCode } from "../error.ts";
import { grantee } from "./grantee.ts";
import { tellHeld } from "./tell-held.ts";

/** `mimolo plugin revoke ID [CAP…]`: takes grants back, all without names; what runs with them is stopped at once. */
export async function revoke(
  call: Call<PluginOptions>,
  [typed = "", ...written]: readonly string[],
): Promise<ExitCode> {
  const capabilities = grantNames(written);
  const held = await throughDesk(call, (desk) => desk.revoke({ pluginId: grantee(call, typed), capabilities, by: BY }));
  return await tellHeld(call, held);
}

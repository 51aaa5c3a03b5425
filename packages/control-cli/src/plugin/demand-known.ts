import type { Call } from "../call.ts";
import { CliError, EXIT } from "../error.ts";

/** Throws exit code 2 when no such plugin is known here. */
export async function demandKnown(call: Call, id: string): Promise<void> {
  // Whoever asks for what was counted does not load what finds plugins.
  const [{ knownPlugins }, { nearestName }] = await Promise.all([
    import("../commands/register.ts"),
    import("@mimolo/protocol"),
  ]);
  const ids = (await knownPlugins(call)).plugins.map(({ plugin_id }) => plugin_id);
  if (ids.includes(id)) return;
  const nearest = nearestName(id, ids);
  const hint = nearest === undefined ? "mimolo plugin list shows what is here" : `did you mean ${nearest}?`;
  throw new CliError("unknown-plugin", EXIT.usage, `there is no plugin ${id} here`, hint);
}

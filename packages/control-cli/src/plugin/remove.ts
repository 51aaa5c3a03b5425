import type { Call } from "../call.ts";
import type { PluginOptions } from "../commands/plugin.ts";
import { canAsk, confirmed, noTerminal } from "../consent/ask.ts";
import { BY } from "../desk/desk.ts";
import { throughDesk } from "../desk/through-desk.ts";
import { EXIT, type ExitCode } from "../error.ts";

/** `mimolo plugin remove ID`: out of the store and out of trust; what it recorded stays. */
export async function remove(call: Call<PluginOptions>, [pluginId = ""]: readonly string[]): Promise<ExitCode> {
  const { output } = call;
  if (call.options.yes !== true) {
    if (!canAsk(call)) {
      throw noTerminal("whether to remove it", `Say it with --yes: mimolo plugin remove ${pluginId} --yes`);
    }
    if (!(await confirmed(`Remove ${pluginId}? Its evidence stays.`))) {
      output.note("Nothing was removed.");
      return EXIT.interrupted;
    }
  }
  const report = await throughDesk(call, (desk) => desk.remove({ pluginId, by: BY }));
  if (output.options.json) await output.json(report);
  else {
    const versions = report.versions.length === 0 ? "" : ` ${report.versions.join(", ")}`;
    const verb = report.versions.length > 1 ? "are" : "is";
    output.note(`${report.plugin_id}${versions} ${verb} removed; what it recorded stays in the evidence.`);
  }
  return EXIT.done;
}

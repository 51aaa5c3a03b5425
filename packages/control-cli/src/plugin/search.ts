import { search as searchOffers } from "@mimolo/operations/trust";
import type { SearchReport } from "@mimolo/protocol";
import type { Call } from "../call.ts";
import type { PluginOptions } from "../commands/plugin.ts";
import { EXIT, type ExitCode } from "../error.ts";
import { whileBusy } from "../present/busy.ts";
import { offerLines } from "../present/offers.ts";
import { installedVersions } from "./installed-versions.ts";
import { offerReport } from "./offered.ts";
import { NAME_ONE, registries } from "./registry.ts";

/** `mimolo plugin search [WORDS]`: the newest version of each plugin that has all the words in its id or description. */
export async function search(call: Call<PluginOptions>, words: readonly string[]): Promise<ExitCode> {
  const { output } = call;
  const { sources, offers, problems } = await whileBusy(output, "reading the registries", () => registries(call));
  const installed = installedVersions(call);
  const report: SearchReport = {
    plugins: searchOffers(offers, words).map((offer) => offerReport(offer, installed.get(offer.pluginId) ?? null)),
    problems: [...problems],
  };
  if (output.options.json) await output.json(report);
  else if (sources.length === 0) {
    await output.print("No registry is named here, so nothing is offered.");
    output.note(`  ${NAME_ONE}`);
  } else {
    await output.print(...offerLines(report, output.isTerminal ? output.columns : undefined, output.colour));
    const [first] = report.plugins;
    if (first !== undefined) output.note("", `  More on one: mimolo plugin info ${first.plugin_id}`);
  }
  return EXIT.done;
}

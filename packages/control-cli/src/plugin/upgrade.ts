import { agents as builtins } from "@mimolo/agents";
import { knownHere, upgradesFor } from "@mimolo/operations/trust";
import type { UpgradeReport } from "@mimolo/protocol";
import type { Call } from "../call.ts";
import type { PluginOptions } from "../commands/plugin.ts";
import { grantNames } from "../consent/grants.ts";
import { CliError, EXIT, type ExitCode } from "../error.ts";
import { clientIfRunning, dataDirOf } from "../place.ts";
import { whileBusy } from "../present/busy.ts";
import { oneUpgrade, upgradeLines } from "../present/upgrades.ts";
import { installedVersions } from "./installed-versions.ts";
import { NAME_ONE, registries } from "./registry.ts";
import { upgradeOne, wouldUpgrade } from "./upgrade-one.ts";

type Upgrade = UpgradeReport["upgrades"][number];

/** `mimolo plugin upgrade [ID…]`: each to the newest version that is offered, one after the other; what fails is taken back and
 *  stops no other. Exit code 1 when one was taken back, 4 when one was refused or waits for consent. */
export async function upgrade(call: Call<PluginOptions>, ids: readonly string[]): Promise<ExitCode> {
  const { output, options } = call;
  checkKnown(ids, installedVersions(call));
  const given = grantNames(options.grant ?? []);
  const { sources, offers, problems } = await whileBusy(output, "reading the registries", () => registries(call));
  const runs = (await clientIfRunning(call)) !== null;
  const upgrades: Upgrade[] = [];
  const { installed } = knownHere(dataDirOf(call), builtins);
  for (const newer of upgradesFor(installed, offers)) {
    if (ids.length > 0 && !ids.includes(newer.pluginId)) continue;
    const done =
      options.dryRun === true
        ? await wouldUpgrade(call, newer)
        : await upgradeOne(call, newer, { offers, given, runs });
    upgrades.push(done);
    if (!output.options.json) await output.print(...oneUpgrade(done, output.columns, output.colour));
  }
  const report: UpgradeReport = { upgrades, problems: [...problems] };
  if (output.options.json) await output.json(report);
  else if (sources.length === 0) {
    await output.print("No registry is named here, so nothing newer is offered.");
    output.note(`  ${NAME_ONE}`);
  } else await output.print(...upgradeLines({ told: upgrades.length, problems }, output.colour));
  return exitCodeOf(upgrades);
}

function checkKnown(ids: readonly string[], installed: ReadonlyMap<string, string>): void {
  const stranger = ids.find((id) => !installed.has(id));
  if (stranger === undefined) return;
  throw new CliError(
    "not-installed",
    EXIT.usage,
    `no plugin ${stranger} is installed here`,
    `\`mimolo plugin list\` shows what is; to take it: mimolo plugin install ${stranger}`,
  );
}

function exitCodeOf(upgrades: readonly Upgrade[]): ExitCode {
  const is = (...outcomes: readonly Upgrade["outcome"][]) => upgrades.some(({ outcome }) => outcomes.includes(outcome));
  if (is("rolled-back")) return EXIT.failed;
  return is("refused", "waiting") ? EXIT.refused : EXIT.done;
}

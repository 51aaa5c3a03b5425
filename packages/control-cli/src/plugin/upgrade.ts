import { agents as builtins } from "@mimolo/agents";
import { knownHere, upgradesFor } from "@mimolo/operations/trust";
import type { UpgradeReport } from "@mimolo/protocol";
import type { Call } from "../call.ts";
import { clientIfRunning } from "../client/running.ts";
import type { PluginOptions } from "../commands/plugin.ts";
import { grantNames } from "../consent/grants.ts";
import { CliError, EXIT, type ExitCode } from "../error.ts";
import { dataDirOf } from "../place.ts";
import { whileBusy } from "../present/busy.ts";
import { oneUpgrade, upgradeLines } from "../present/upgrades.ts";
import { installedVersions } from "./installed-versions.ts";
import { NAME_ONE, registries } from "./registry.ts";
import { upgradeOne, wouldUpgrade } from "./upgrade-one.ts";

/** `mimolo plugin upgrade [ID…]`: each to the newest version that is offered, one after the other; what fails is taken back and
 *  stops no other. Exit code 1 when one was taken back or does not fit, 4 when one is not trusted or waits for consent. */
export async function upgrade(call: Call<PluginOptions>, ids: readonly string[]): Promise<ExitCode> {
  const { output, options } = call;
  checkKnown(ids, installedVersions(call));
  const given = grantNames(options.grant ?? []);
  const { sources, offers, problems } = await whileBusy(output, "reading the registries", () => registries(call));
  const runs = (await clientIfRunning(call)) !== null;
  const upgrades: UpgradeReport["upgrades"] = [];
  const exitCodes = new Set<ExitCode>();
  const { installed } = knownHere(dataDirOf(call), builtins);
  for (const newer of upgradesFor(installed, offers)) {
    if (ids.length > 0 && !ids.includes(newer.pluginId)) continue;
    const { upgrade: done, exitCode } =
      options.dryRun === true
        ? { upgrade: await wouldUpgrade(call, newer), exitCode: EXIT.done }
        : await upgradeOne(call, newer, { offers, given, runs, named: ids.length > 0 });
    upgrades.push(done);
    exitCodes.add(exitCode);
    if (!output.options.json) await output.print(...oneUpgrade(done, output.columns, output.colour));
  }
  const report: UpgradeReport = { upgrades, problems: [...problems] };
  if (output.options.json) await output.json(report);
  else if (sources.length === 0) {
    await output.print("No registry is named here, so nothing newer is offered.");
    output.note(`  ${NAME_ONE}`);
  } else await output.print(...upgradeLines(report, output.colour));
  return [EXIT.failed, EXIT.refused].find((code) => exitCodes.has(code)) ?? EXIT.done;
}

function checkKnown(ids: readonly string[], installed: ReadonlyMap<string, string>): void {
  const stranger = ids.find((id) => !installed.has(id));
  if (stranger === undefined) return;
  throw new CliError(
    "unknown-plugin",
    EXIT.usage,
    `no plugin ${stranger} is installed here`,
    `\`mimolo plugin list\` shows what is; to take it: mimolo plugin install ${stranger}`,
  );
}

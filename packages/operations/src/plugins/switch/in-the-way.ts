// What stands in the way of switching a plugin on or off.
import type { LoadedConfig } from "../../config/index.ts";
import { nearestName } from "../../config/nearest.ts";
import { CollectorError } from "../../error.ts";
import { dependentsOf, type PluginNeeds, resolveDependencies } from "../dependencies/index.ts";
import { labelsOf } from "./overlay.ts";

/** What is known of this id; a program of somebody's own has no version. Throws `CollectorError` `not-installed`. */
export function knownOf(known: readonly PluginNeeds[], config: LoadedConfig, id: string): PluginNeeds {
  const plugin = known.find((each) => each.id === id);
  if (plugin !== undefined) return plugin;
  if (labelsOf(config, id, known).length > 0) return { id, version: "", dependencies: {} };
  const nearest = nearestName(
    id,
    known.map((each) => each.id),
  );
  const hint = nearest === undefined ? "mimolo plugin list shows what is here" : `did you mean ${nearest}?`;
  throw new CollectorError("not-installed", `there is no plugin ${id} here`, hint);
}

/** Whether anything here has this id. */
export function isHere(known: readonly PluginNeeds[], config: LoadedConfig, id: string): boolean {
  return known.some((each) => each.id === id) || labelsOf(config, id, known).length > 0;
}

/** All that a plugin needs. Throws `CollectorError` `dependency` when something of it is not to be had. */
export function refuseMissing(known: readonly PluginNeeds[], id: string): readonly string[] {
  const { order, faults } = resolveDependencies(known, [id]);
  const [fault] = faults;
  if (fault === undefined || !known.some((each) => each.id === id)) return order;
  const missing = fault.path.at(-1) ?? id;
  const hint =
    fault.code === "disabled" ? `mimolo plugin enable ${missing}` : `mimolo plugin info ${id} shows what it needs`;
  throw new CollectorError("dependency", fault.message, hint, { reason: fault.code });
}

/** Throws `CollectorError` `blocked` when all that goes by this plugin's id is a program of somebody's own: that would run, and the
 *  plugin would not. */
export function refuseShadowed(known: readonly PluginNeeds[], config: LoadedConfig, id: string): void {
  const plugin = known.find((each) => each.id === id);
  const agents = labelsOf(config, id, known).flatMap((label) => {
    const { executable, from } = config.plugins[label] ?? {};
    return [{ label, executable, from }];
  });
  const [own] = agents;
  if (plugin === undefined || own === undefined || agents.some(({ executable }) => executable === undefined)) return;
  const { file = "the configuration", line } = own.from ?? {};
  const place = line === undefined ? file : `${file}:${line}`;
  const section = `[plugins.${own.label}]`;
  throw new CollectorError(
    "blocked",
    `${own.label} is another program here: ${section} of ${place} runs ${own.executable}, and ${`${id} ${plugin.version}`.trimEnd()} stays unused`,
    `do that in a folder without such a section, or take ${section} out of ${file}`,
  );
}

/** Throws `CollectorError` `dependency`, reason `needed`, when plugins that run need this one. */
export function refuseNeeded(
  known: readonly PluginNeeds[],
  id: string,
  verb: "unload" | "disable",
  runs: (id: string) => boolean,
): void {
  const dependents = dependentsOf(known, id).filter(runs);
  if (dependents.length === 0) return;
  const hint = dependents.toReversed().map((each) => `mimolo plugin ${verb} ${each}`);
  throw new CollectorError(
    "dependency",
    `${id} is needed by ${dependents.join(", ")}`,
    `first: ${hint.join(", then ")}`,
    {
      reason: "needed",
    },
  );
}

/** What was changed while a collector ran, over a loaded configuration. */
import type { AgentConfig } from "./agent-schema.ts";
import { checkLayer } from "./check.ts";
import type { ConfigNotice, ConfigProblem } from "./error.ts";
import { type KnownPlugin, knownPluginOf, pluginIdOf } from "./known-plugin.ts";
import { environmentLabel } from "./labels.ts";
import { type ConfigLayer, type Tree, keyText } from "./layer.ts";
import { isTaken, latecomers } from "./latecomers.ts";
import { type LoadedConfig, configuredAgent, withSecretPlaces } from "./loaded-config.ts";
import { type Merged, mergeInto } from "./merge.ts";
import { paceDefaults } from "./pace-defaults.ts";
import { type RuntimeOverrides, valuesLayer } from "./runtime-layer.ts";
import { faultsBroughtBy, schemaFaults } from "./settings-faults.ts";
import { asInFile } from "./tree-of.ts";

/** How messages and `from` call the file. */
export const OVERRIDES_TITLE = "state/overrides.json";

/** Lays `overrides` over `config`: first those of a plugin over all agents that run it, then those of single labels; below all,
 *  the pace that a plugin asks for itself. A label that only the overrides know is a new agent if they say what it runs. Of
 *  overrides that no longer fit, each is left out and told in the notices: a collector starts without them. Laying them twice
 *  changes nothing. */
export function withOverrides(
  config: LoadedConfig,
  overrides: RuntimeOverrides,
  known: readonly KnownPlugin[],
): LoadedConfig {
  const notices: ConfigNotice[] = [];
  const agents = usableAgents(config, overrides.agents ?? {}, notices);
  const byPlugin = usablePlugins(overrides.plugins ?? {}, notices);
  const origins = new Map(config.origins);
  let isAsBefore = true;
  const plugins: Record<string, AgentConfig> = {};
  for (const label of new Set([...Object.keys(config.plugins), ...Object.keys(agents)])) {
    const below = config.plugins[label];
    const own = agents[label] ?? {};
    const tree = () => (below === undefined ? {} : asInFile(below));
    const runs = { plugin: below?.plugin, executable: below?.executable, ...own };
    const id = pluginIdOf(label, runs, known);
    const layers = [byPlugin[id] ?? {}, own].filter((values) => Object.keys(values).length > 0);
    const plugin = knownPluginOf(label, runs, known);
    // Of what files say this was told when they were read.
    if (plugin !== undefined && (below === undefined || !config.files.includes(below.from.file))) {
      notices.push(...schemaFaults(label, { ...tree(), ...own }, [], plugin).notices);
    }
    const pace = paceDefaults(label, plugin, origins, notices);
    const environment = latecomers(label, config, origins);
    if (below !== undefined && layers.length === 0 && pace === null && environment === null) {
      plugins[label] = below;
      continue;
    }
    isAsBefore = false;
    const merged: Merged = { tree: { plugins: { [label]: { ...tree(), ...pace } } }, origins };
    if (environment !== null) mergeInto(merged, environment);
    for (const values of layers) lay(merged, label, values, { plugin, notices });
    const laid = (merged.tree["plugins"] as Record<string, Tree>)[label] ?? {};
    const { secrets: _, ...from } = below?.from ?? { file: OVERRIDES_TITLE, folder: process.cwd() };
    plugins[label] = configuredAgent(laid, withSecretPlaces(label, laid, from, origins));
  }
  const told = new Set(notices.map(({ message }) => message));
  const isIdle = ({ file, key }: ConfigNotice) => file === "environment" && isTaken(key ?? "", origins);
  const others = config.notices.filter(
    (each) => each.file !== OVERRIDES_TITLE && !told.has(each.message) && !isIdle(each),
  );
  // A second copy would be as large as everything that is set.
  const laid = isAsBefore ? config.origins : origins;
  return { ...config, plugins, origins: laid, notices: [...others, ...notices], overrides };
}

/** One set of values over an agent, without those that the plugin's schema does not allow. */
function lay(
  merged: Merged,
  label: string,
  values: Readonly<Tree>,
  around: { readonly plugin: KnownPlugin | undefined; readonly notices: ConfigNotice[] },
): void {
  const layerOf = (usable: Readonly<Tree>) => valuesLayer({ plugins: { [label]: usable } }, OVERRIDES_TITLE, "").layer;
  const faults = faultsBroughtBy(layerOf(values), merged, label, around.plugin);
  for (const problem of faults) around.notices.push(leftOut(problem));
  const wrong = new Set(faults.map(({ key }) => ownKeyOf(key ?? "", label)));
  const usable = Object.entries(values).filter(([key]) => !wrong.has(keyText([key])));
  mergeInto(merged, layerOf(Object.fromEntries(usable)));
}

/** `thresholds` of `plugins.load.thresholds.high`. */
function ownKeyOf(key: string, label: string): string {
  const own = key.slice(keyText(["plugins", label]).length + 1);
  return /^(?:"(?:[^"\\]|\\.)*"|[^.[]+)/.exec(own)?.[0] ?? own;
}

/** The overrides of labels under the labels' own spelling. */
function usableAgents(
  { plugins }: LoadedConfig,
  agents: Readonly<Record<string, Readonly<Tree>>>,
  notices: ConfigNotice[],
): Record<string, Tree> {
  const usable: Record<string, Tree> = {};
  const spelling = new Map(Object.keys(plugins).map((label) => [environmentLabel(label), label]));
  for (const [written, values] of Object.entries(agents)) {
    const label = spelling.get(environmentLabel(written)) ?? written;
    if (label.toLowerCase() !== written.toLowerCase()) {
      notices.push(notice(["agents", written], `it cannot be told apart from "${label}" in the environment`));
      continue;
    }
    const own = usableValues(label, values, ["agents", written], notices);
    const runs = own["plugin"] !== undefined || own["executable"] !== undefined;
    if (plugins[label] !== undefined || runs) {
      usable[label] = own;
      spelling.set(environmentLabel(label), label);
    } else
      notices.push(
        notice(
          ["agents", written],
          "no agent has this label any more; give one that label, or take it out of the file",
        ),
      );
  }
  return usable;
}

function usablePlugins(
  plugins: Readonly<Record<string, Readonly<Tree>>>,
  notices: ConfigNotice[],
): Record<string, Tree> {
  const each = Object.entries(plugins).map(([id, { plugin, executable, ...values }]) => {
    for (const [key, value] of Object.entries({ plugin, executable })) {
      if (value !== undefined) notices.push(notice(["plugins", id, key], "it runs what it is"));
    }
    return [id, usableValues("agent", values, ["plugins", id], notices)] as const;
  });
  return Object.fromEntries(each);
}

/** The values that MiMoLo's own keys allow. */
function usableValues(label: string, values: Readonly<Tree>, place: readonly string[], notices: ConfigNotice[]): Tree {
  const entries = Object.entries(values).filter(([key, value]) => {
    const { layer, problems } = valuesLayer({ plugins: { [label]: { [key]: value } } }, OVERRIDES_TITLE, "");
    const [first] = [...problems, ...problemsIn(layer)];
    if (first === undefined) return true;
    notices.push(notice([...place, key], first.message.replace(`${OVERRIDES_TITLE}: `, "")));
    return false;
  });
  return Object.fromEntries(entries);
}

function problemsIn(layer: ConfigLayer): readonly ConfigProblem[] {
  return checkLayer(layer).problems;
}

function notice(path: readonly string[], why: string): ConfigNotice {
  const key = keyText(path);
  return { message: `${OVERRIDES_TITLE}: ${key} is left out: ${why}`, file: OVERRIDES_TITLE, key };
}

function leftOut({ message, key, hint }: ConfigProblem): ConfigNotice {
  const why = message.replace(`${OVERRIDES_TITLE}: `, "");
  const told = { message: `${OVERRIDES_TITLE}: a change is left out: ${why}`, file: OVERRIDES_TITLE };
  return { ...told, ...(key !== undefined && { key }), ...(hint !== undefined && { hint }) };
}

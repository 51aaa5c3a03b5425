/** What each agent runs: a plugin, an executable, or the built-in agent whose label it bears. */
import { agentKeys } from "./agent-schema.ts";
import { argumentFaults } from "./command-arguments.ts";
import type { ConfigNotice, ConfigProblem } from "./error.ts";
import { problemAt } from "./issue.ts";
import { type KnownPlugin, knownPluginOf } from "./known-plugin.ts";
import { type ConfigLayer, type Tree, isTable } from "./layer.ts";
import { nearestName } from "./nearest.ts";
import type { ConfigOptions } from "./config-options.ts";
import { checkSettings } from "./own-settings.ts";
import { schemaFaults } from "./settings-faults.ts";

/** Fills in `plugin` where the label says it; enabled agents that name nothing to run are problems, unless nobody said which
 *  plugins there are. */
export function resolveLaunches(
  tree: Tree,
  layers: readonly ConfigLayer[],
  { known, found }: { readonly known: readonly KnownPlugin[] | undefined; readonly found: ConfigOptions["found"] },
): { problems: ConfigProblem[]; notices: ConfigNotice[] } {
  const plugins = known ?? [];
  const problems: ConfigProblem[] = [];
  const notices: ConfigNotice[] = [];
  let seen: readonly KnownPlugin[] | undefined;
  const lyingAbout = ({ plugin: id, executable }: Tree) => {
    if (id === undefined || executable !== undefined || found === undefined) return undefined;
    seen ??= found(registryPaths(tree));
    return seen.find(({ plugin_id }) => plugin_id === id);
  };
  for (const [label, agent] of Object.entries(isTable(tree["plugins"]) ? tree["plugins"] : {})) {
    if (!isTable(agent)) continue;
    const named = agent["plugin"] !== undefined || agent["executable"] !== undefined;
    const byLabel = plugins.find((plugin) => plugin.default_label?.toLowerCase() === label.toLowerCase());
    if (!named && byLabel !== undefined) agent["plugin"] = byLabel.plugin_id;
    else if (!named && agent["enabled"] !== false && known !== undefined)
      problems.push(nothingToRun(label, agent, layers, plugins));
    const runner =
      agent["executable"] === undefined || agent["as"] === undefined ? undefined : plugins.find(runsCommands);
    const plugin = runner ?? knownPluginOf(label, agent, plugins) ?? lyingAbout(agent);
    if (agent["as"] !== undefined) problems.push(...argumentFaults(label, agent, layers));
    if (agent["executable"] === undefined && (agent["as"] !== undefined || plugin?.runs_commands === true))
      problems.push(noCommand(label, agent, layers));
    const settings = checkSettings(label, layers, plugin);
    // What was meant by a slip that leaves nothing to run has been said already.
    const told = new Set(problems.map(({ key }) => key));
    problems.push(...settings.problems.filter(({ key }) => !told.has(key)));
    notices.push(...settings.notices);
    const schema = schemaFaults(label, agent, layers, plugin);
    for (const { key } of settings.problems) told.add(key);
    problems.push(...schema.problems.filter(({ key }) => !told.has(key)));
    notices.push(...schema.notices);
  }
  return { problems, notices };
}

const runsCommands = ({ runs_commands: runs }: KnownPlugin) => runs === true;

function registryPaths({ registry }: Tree): string[] {
  const paths = isTable(registry) ? registry["paths"] : undefined;
  return Array.isArray(paths) ? paths.filter((path) => typeof path === "string") : [];
}

/** What runs commands was named without one, or how to read one. */
function noCommand(label: string, agent: Tree, layers: readonly ConfigLayer[]): ConfigProblem {
  const key = agent["as"] === undefined ? "plugin" : "as";
  const layer = layers.findLast(({ tree: { plugins } }) => {
    const told = isTable(plugins) && Object.hasOwn(plugins, label) ? plugins[label] : undefined;
    return isTable(told) && told[key] !== undefined;
  });
  const reason = `[plugins.${label}] is to run a command, and names none: executable is missing`;
  const hint = `add one with: mimolo add ${label} --every 60s --as lines -- COMMAND`;
  if (layer === undefined) return { code: "missing-key", message: reason, key: `plugins.${label}.${key}`, hint };
  return problemAt(layer, ["plugins", label, key], "missing-key", reason, { hint });
}

function nothingToRun(
  label: string,
  agent: Tree,
  layers: readonly ConfigLayer[],
  plugins: readonly KnownPlugin[],
): ConfigProblem {
  const layer = layers.findLast(({ tree }) => isTable(tree["plugins"]) && Object.hasOwn(tree["plugins"], label));
  const own = Object.keys(agent).filter((key) => !agentKeys.has(key));
  const misspelt = own.find((key) => ["executable", "plugin"].includes(nearestName(key, agentKeys) ?? ""));
  const meant = misspelt === undefined ? undefined : nearestName(misspelt, ["executable", "plugin"]);
  const labels = plugins.flatMap(({ default_label }) => default_label ?? []);
  const nearLabel = nearestName(label, labels);
  const reason = `agent "${label}" has neither "executable" nor "plugin", so there is nothing to run`;
  const more = {
    allowed: ["executable", "plugin"],
    ...((meant ?? nearLabel) !== undefined && { nearest: meant ?? nearLabel ?? "" }),
    hint: launchHint(label, misspelt, meant, nearLabel),
  };
  if (layer === undefined) return { code: "missing-key", message: reason, key: `plugins.${label}`, ...more };
  const path = misspelt === undefined ? ["plugins", label] : ["plugins", label, misspelt];
  const problem = problemAt(
    layer,
    path,
    "missing-key",
    misspelt === undefined ? reason : `${reason}; did you mean "${meant}" by "${misspelt}"?`,
    more,
  );
  return { ...problem, key: misspelt === undefined ? `plugins.${label}.executable` : `plugins.${label}.${misspelt}` };
}

function launchHint(label: string, misspelt?: string, meant?: string, nearLabel?: string): string {
  if (misspelt !== undefined && meant !== undefined) return `rename it to ${meant}`;
  if (nearLabel !== undefined) return `the built-in agent is called [plugins.${nearLabel}]`;
  return `add a line such as executable = "./${label}.mjs", or enabled = false`;
}

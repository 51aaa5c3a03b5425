/** Finds, reads, checks and merges all sources of configuration. */
import { allowCommand } from "../allow-command.ts";
import type { ConfigPlace } from "./agent-schema.ts";
import type { ConfigOptions } from "./config-options.ts";
import { checkLayer } from "./check.ts";
import { withoutConsent } from "./consent.ts";
import { readEnvironment } from "./environment.ts";
import { withTexts } from "./environment-texts.ts";
import { ConfigError, type ConfigNotice, type ConfigProblem } from "./error.ts";
import { configFiles } from "./files.ts";
import { agentLabels, joinLabels, withLabels } from "./labels.ts";
import { resolveLaunches } from "./launch.ts";
import { type ConfigLayer, isTable } from "./layer.ts";
import { type LoadedConfig, configOf } from "./loaded-config.ts";
import { mergeLayers } from "./merge.ts";
import { withAbsolutePaths } from "./path-value.ts";
import { readConfigFile } from "./read-file.ts";
import { type ValuesReading, agentOverrides, pluginOverrides, valuesLayer } from "./runtime-layer.ts";

const overridesTitle = "state/overrides.json";

/** The configuration for a collector started in `cwd`. Throws a `ConfigError` that holds every problem of every file. */
export function loadConfig(options: ConfigOptions): LoadedConfig {
  const { consent = false, overrides = {}, flags = {}, builtins, cwd } = options;
  const look = options.look === true || consent === "notice";
  const told = new Findings();

  const { requests, notices } = configFiles(options);
  told.notices.push(...notices);
  const files = requests.flatMap((request) => told.check(readConfigFile(request, options.texts?.get(request.file))));
  const globals = files.filter(({ source }) => source === "global");
  const users = files.filter(({ source }) => source === "user");
  const runtime = told.check(agentOverrides(overrides, overridesTitle, cwd));
  const commandLine = told.check(valuesLayer(flags, "command line", cwd));

  const labels = [...files, ...runtime, ...commandLine].flatMap(agentLabels);
  const builtinLabels = (builtins ?? []).flatMap(({ default_label }) => default_label ?? []);
  const environment = readEnvironment(options.env, { labels: [...labels, ...builtinLabels], folder: cwd });
  told.notices.push(...environment.notices);
  const below = [...globals, ...told.check({ layer: environment.layer, problems: [] }), ...users];
  const above = [...runtime, ...commandLine];

  const joined = joinLabels([...below, ...above]);
  told.problems.push(...joined.problems);
  const allow = (folder: string) => allowCommand(folder, options);
  const asked = files.flatMap((layer) => withoutConsent(layer, { consent, allow }));
  if (look) told.notices.push(...asked, ...hintsOf(asked));
  else told.problems.push(...asked);
  told.throwProblems();

  const settle = (layer: ConfigLayer) => withAbsolutePaths(withLabels(layer, joined.labels));
  const settled = { below: below.map(settle), above: above.map(settle) };
  const provisional = mergeLayers([...settled.below, ...settled.above]);
  const byPlugin = told.check(pluginOverrides(overrides, provisional.tree, overridesTitle, cwd));
  told.throwProblems();

  const asText = (layer: ConfigLayer) => withTexts(layer, options.env, provisional.tree, builtins ?? []);
  const layers = [...settled.below.map(asText), ...byPlugin.map(settle), ...settled.above];
  const merged = mergeLayers(layers);
  const launches = resolveLaunches(merged.tree, layers, { known: builtins, found: options.found });
  told.problems.push(...launches.problems);
  told.throwProblems();

  const config = configOf(merged, {
    files: files.map(({ from }) => from),
    notices: [...told.notices, ...launches.notices],
    blocked: look ? asked : [],
    places: agentPlaces(layers),
  });
  const { unclaimed } = environment;
  const later = Object.keys(unclaimed).length === 0 ? {} : { unclaimed };
  return { ...config, ...later, notices: [...config.notices, ...slowHeartbeats(config)] };
}

/** What helps, said once for each file. */
function hintsOf(problems: readonly ConfigProblem[]): ConfigNotice[] {
  const hints = new Map(problems.map(({ hint, file }) => [hint, file]));
  return [...hints].flatMap(([message, file]) => (message === undefined ? [] : [{ message, ...(file && { file }) }]));
}

/** What was found while reading, in the order it was found. */
class Findings {
  readonly problems: ConfigProblem[] = [];
  readonly notices: ConfigNotice[] = [];

  /** The layer with old names made new; none where nothing could be read. */
  check({ layer, problems }: Partial<ValuesReading>): ConfigLayer[] {
    this.problems.push(...(problems ?? []));
    if (layer === undefined) return [];
    const checked = checkLayer(layer);
    this.problems.push(...checked.problems);
    this.notices.push(...checked.notices);
    return [checked.layer];
  }

  throwProblems(): void {
    const [first, ...others] = this.problems;
    if (first !== undefined) throw new ConfigError([first, ...others]);
  }
}

/** Where each agent was configured: the highest layer that says what it runs, else the highest that names it. */
function agentPlaces(layers: readonly ConfigLayer[]): ReadonlyMap<string, ConfigPlace> {
  const places = new Map<string, ConfigPlace>();
  const launching = new Set<string>();
  for (const layer of layers) {
    for (const label of agentLabels(layer)) {
      const plugins = layer.tree["plugins"];
      const agent = isTable(plugins) ? plugins[label] : undefined;
      const launches = isTable(agent) && (agent["executable"] !== undefined || agent["plugin"] !== undefined);
      if (launching.has(label) && !launches) continue;
      if (launches) launching.add(label);
      const line = layer.place(["plugins", label])?.line;
      places.set(label, { file: layer.from, folder: layer.folder, ...(line !== undefined && { line }) });
    }
  }
  return places;
}

function slowHeartbeats({ monitor, plugins }: LoadedConfig): ConfigNotice[] {
  return Object.entries(plugins).flatMap(([label, agent]) => {
    if (!agent.enabled || agent.heartbeat_interval_s < monitor.agent_heartbeat_timeout_s) return [];
    const message = `agent "${label}" gives a sign of life every ${agent.heartbeat_interval_s} s, but is restarted after ${monitor.agent_heartbeat_timeout_s} s of silence (agent_heartbeat_timeout_s)`;
    return [{ message, file: agent.from.file, key: `plugins.${label}.heartbeat_interval_s` }];
  });
}

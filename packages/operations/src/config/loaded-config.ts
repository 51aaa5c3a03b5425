/** The configuration as the collector reads it: every key there, defaults filled in. */
import { type AgentConfig, AgentSection, type ConfigPlace, agentKeys } from "./agent-schema.ts";
import type { ConfigNotice, ConfigProblem } from "./error.ts";
import { type KeyPath, type Tree, isTable, keyText } from "./layer.ts";
import type { Merged, Origin } from "./merge.ts";
import { type PrivacyConfig, PrivacyRule, Rule, type RuleConfig } from "./rule-schema.ts";
import type { RuntimeOverrides } from "./runtime-layer.ts";
import { secretsIn } from "./secret-reference.ts";
import {
  type ControlConfig,
  ControlSection,
  type MonitorConfig,
  MonitorSection,
  type RegistryConfig,
  RegistrySection,
  type TrustConfig,
  TrustSection,
} from "./section-schema.ts";

/** Keys are named as in the file. Paths of MiMoLo's own keys are absolute; a plugin's settings are as written. */
export interface LoadedConfig {
  readonly monitor: MonitorConfig;
  readonly control: ControlConfig;
  readonly trust: TrustConfig;
  /** By label. */
  readonly plugins: Readonly<Record<string, AgentConfig>>;
  readonly rules: readonly RuleConfig[];
  readonly privacy: readonly PrivacyConfig[];
  readonly registry: RegistryConfig;
  /** The files that were read, lowest first. */
  readonly files: readonly string[];
  readonly notices: readonly ConfigNotice[];
  /** With `look`: what a found file asks for without consent. Such a configuration must not be started. */
  readonly blocked: readonly ConfigProblem[];
  /** Who set each value, by dotted key; what is missing here is a default. */
  readonly origins: ReadonlyMap<string, Origin>;
  /** Variables of agents that no file configures; they count once there is such an agent. Absent: none. */
  readonly unclaimed?: Readonly<Record<string, string>>;
  /** What was laid over it that was changed while a collector ran. */
  readonly overrides?: RuntimeOverrides;
}

/** The configuration of an empty file. */
export function defaultConfig(): LoadedConfig {
  return configOf({ tree: {}, origins: new Map() }, { files: [], notices: [], blocked: [], places: new Map() });
}

/** Fills in the defaults of checked and merged layers. */
export function configOf(
  { tree, origins }: Merged,
  told: Pick<LoadedConfig, "files" | "notices" | "blocked"> & { places: ReadonlyMap<string, ConfigPlace> },
): LoadedConfig {
  const agents = Object.entries(isTable(tree["plugins"]) ? tree["plugins"] : {});
  const here: ConfigPlace = { file: "code", folder: process.cwd() };
  const plugins = agents.map(([label, agent]) => {
    const from = withSecretPlaces(label, agent, told.places.get(label) ?? here, origins);
    return [label, configuredAgent(isTable(agent) ? agent : {}, from)] as const;
  });
  const monitor = MonitorSection.parse(tree["monitor"] ?? {});
  const machineZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return {
    monitor: { ...monitor, time_zone: monitor.time_zone ?? machineZone },
    control: ControlSection.parse(tree["control"] ?? {}),
    trust: TrustSection.parse(tree["trust"] ?? {}),
    plugins: Object.fromEntries(plugins),
    rules: Rule.array().parse(tree["rules"] ?? []),
    privacy: PrivacyRule.array()
      .parse(tree["privacy"] ?? [])
      .map((rule, index) => ({ ...rule, name: rule.name ?? `privacy-${index + 1}` })),
    registry: RegistrySection.parse(tree["registry"] ?? {}),
    files: told.files,
    notices: told.notices,
    blocked: told.blocked,
    origins,
  };
}

/** The place of an agent, with those of the secrets that it names. */
export function withSecretPlaces(
  label: string,
  agent: unknown,
  from: ConfigPlace,
  origins: ReadonlyMap<string, Origin>,
): ConfigPlace {
  const named = secretsIn(agent).filter(({ path }) => !agentKeys.has(String(path[0])));
  if (named.length === 0) return from;
  const secrets = named.map(({ path }) => {
    const origin = originOfValue(origins, ["plugins", label, ...path]);
    const place =
      origin === undefined ? from : { file: origin.from, ...(origin.line !== undefined && { line: origin.line }) };
    return [keyText(path), place] as const;
  });
  return { ...from, secrets: Object.fromEntries(secrets) };
}

/** Who set a value, or what is around it. */
export function originOfValue(origins: ReadonlyMap<string, Origin>, path: KeyPath): Origin | undefined {
  for (let length = path.length; length > 2; length -= 1) {
    const origin = origins.get(keyText(path.slice(0, length)));
    if (origin !== undefined) return origin;
  }
  return undefined;
}

/** One agent from checked keys: MiMoLo's parsed, all others its settings. */
export function configuredAgent(agent: Readonly<Tree>, from: ConfigPlace): AgentConfig {
  const known = Object.fromEntries(Object.entries(agent).filter(([key]) => agentKeys.has(key)));
  const settings = Object.fromEntries(Object.entries(agent).filter(([key]) => !agentKeys.has(key)));
  const { launch_in_separate_terminal: _, ...parsed } = AgentSection.parse(known);
  // Spread last: a thousand agents then share one hidden class.
  return { settings, from, ...parsed };
}

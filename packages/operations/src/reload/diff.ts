/** What differs between two configurations, as a running collector has to know it. */
import { isDeepStrictEqual } from "node:util";
import type { AgentConfig, LoadedConfig, MonitorConfig } from "../config/index.ts";

export interface ChangedAgent {
  readonly label: string;
  /** What changed, by name as in the file; a plugin's own settings too. */
  readonly keys: readonly string[];
  /** Whether it takes a new process. */
  readonly restarts: boolean;
}

/** Agents that are switched off count as not there. Labels in the order of the configuration. */
export interface ConfigDiff {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly ChangedAgent[];
  readonly unchanged: readonly string[];
  /** Keys of the collector that are applied at once, dotted. */
  readonly live: readonly string[];
  /** Keys that take effect at the next start. */
  readonly atNextStart: readonly string[];
}

const liveAgentKeys: ReadonlySet<string> = new Set([
  "agent_flush_interval_s",
  "cpu_budget_percent",
  "memory_mib",
  "resets_cooldown",
  "infrequent",
  "plugin_type",
]);

const liveMonitorKeys: ReadonlySet<keyof MonitorConfig> = new Set<keyof MonitorConfig>([
  "cooldown_seconds",
  "minimum_segment_s",
  "day_start",
  "time_zone",
  "console_verbosity",
  "main_system_max_cpu_per_plugin",
  "max_plugin_cpu_percent",
  "global_total_cpu_budget_percent",
  "ops_cpu_budget_percent",
  "plugin_memory_mib",
  "slowpoke_flush_latency_s",
  "slowpoke_queue",
  "degraded_errors_per_min",
  "overload_throttle_factor",
]);

/** Asked for whenever they are needed. */
const liveKeys: ReadonlySet<string> = new Set([
  "privacy",
  "rules",
  "registry.paths",
  "registry.sources",
  "trust.auto_grant_low",
]);

/** Compares what both mean, not how it is written: files, lines and comments make no difference. */
export function diffConfig(before: LoadedConfig, after: LoadedConfig): ConfigDiff {
  const [old, now] = [enabledAgents(before), enabledAgents(after)];
  const kept = [...now].flatMap(([label, config]) => {
    const was = old.get(label);
    return was === undefined ? [] : [{ label, keys: changedKeys(was, config) }];
  });
  const collector = collectorKeys(before, after);
  const isLive = (key: string) =>
    liveKeys.has(key) || (key.startsWith("monitor.") && liveMonitorKeys.has(key.slice(8) as keyof MonitorConfig));
  return {
    added: [...now.keys()].filter((label) => !old.has(label)),
    removed: [...old.keys()].filter((label) => !now.has(label)),
    changed: kept
      .filter(({ keys }) => keys.length > 0)
      .map((agent) => ({ ...agent, restarts: agent.keys.some((key) => !liveAgentKeys.has(key)) })),
    unchanged: kept.filter(({ keys }) => keys.length === 0).map(({ label }) => label),
    live: collector.filter(isLive),
    atNextStart: collector.filter((key) => !isLive(key)),
  };
}

/** Whether there is nothing to do and nothing to say. */
export function isEmptyDiff({ added, removed, changed, live, atNextStart }: ConfigDiff): boolean {
  return [added, removed, changed, live, atNextStart].every((list) => list.length === 0);
}

/** The diff in a line: `added mail; changed load (poll_interval_s)`. */
export function diffText(diff: ConfigDiff): string {
  const changed = diff.changed.map(({ label, keys }) => `${label} (${keys.join(", ")})`);
  const parts: [string, readonly string[]][] = [
    ["added", diff.added],
    ["removed", diff.removed],
    ["changed", [...changed, ...diff.live]],
    ["takes effect at the next start:", diff.atNextStart],
  ];
  const told = parts.filter(([, names]) => names.length > 0).map(([word, names]) => `${word} ${names.join(", ")}`);
  return told.length === 0 ? "nothing changed" : told.join("; ");
}

function enabledAgents({ plugins }: LoadedConfig): ReadonlyMap<string, AgentConfig> {
  return new Map(Object.entries(plugins).filter(([, { enabled }]) => enabled));
}

function changedKeys(before: AgentConfig, after: AgentConfig): string[] {
  const { settings: ownBefore, from: placeBefore, ...keysBefore } = before;
  const { settings: ownAfter, from: placeAfter, ...keysAfter } = after;
  const keys = [...differing(keysBefore, keysAfter), ...differing(ownBefore, ownAfter)];
  // Relative paths of a program start in the folder of the file that configures it.
  const moved = after.executable !== undefined && placeBefore.folder !== placeAfter.folder;
  return moved && !keys.includes("cwd") ? [...keys, "cwd"] : keys;
}

function collectorKeys(before: LoadedConfig, after: LoadedConfig): string[] {
  const sections = (["monitor", "control", "trust", "registry"] as const).flatMap((section) =>
    differing(before[section], after[section]).map((key) => `${section}.${key}`),
  );
  const lists = (["rules", "privacy"] as const).filter((list) => !isDeepStrictEqual(before[list], after[list]));
  return [...sections, ...lists];
}

function differing(before: object, after: object): string[] {
  const [old, now] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  return [...new Set([...old.keys(), ...now.keys()])].filter((key) => !isDeepStrictEqual(old.get(key), now.get(key)));
}

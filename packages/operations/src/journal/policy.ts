import type { AgentConfig, MonitorConfig } from "../config/index.ts";

/** A monitor's own words about itself, from its `metadata`. */
export interface AnnouncedMonitor {
  data_header?: string | null | undefined;
  resets_cooldown?: boolean | undefined;
  infrequent?: boolean | undefined;
}

/** Which agents there are and what each announced, by label. */
export type PolicyAgents = ReadonlyMap<string, { config: AgentConfig; monitor: AnnouncedMonitor | null }>;

/** The data of a `policy` record: all that the fold needs to know, since it reads no config. */
export function policyData(monitor: MonitorConfig, agents: PolicyAgents, atMs: number) {
  const flushIntervals = [...agents.values()].map(({ config }) => config.agent_flush_interval_s);
  return {
    at: new Date(atMs).toISOString(),
    cooldown_seconds: monitor.cooldown_seconds,
    // Spans are capped at it, so that a long quiet window never becomes work.
    flush_interval_s: flushIntervals.length === 0 ? 60 : Math.max(...flushIntervals),
    minimum_segment_s: monitor.minimum_segment_s,
    day_start: monitor.day_start,
    time_zone: monitor.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    agents: Object.fromEntries([...agents].map(([label, agent]) => [label, effectiveMonitor(agent)])),
  };
}

/** The config's word wins over the plugin's, the plugin's over the defaults of the seeds. */
function effectiveMonitor(agent: { config: AgentConfig; monitor: AnnouncedMonitor | null }) {
  const { config, monitor } = agent;
  const dataHeader = config.data_header ?? monitor?.data_header;
  return {
    resets_cooldown: config.resets_cooldown ?? monitor?.resets_cooldown ?? true,
    infrequent: config.infrequent ?? monitor?.infrequent ?? false,
    ...(dataHeader === undefined || dataHeader === null ? {} : { data_header: dataHeader }),
  };
}

/** Whether two policies say the same, their time apart. */
export function samePolicy(a: object | null, b: object): boolean {
  return a !== null && JSON.stringify({ ...a, at: "" }) === JSON.stringify({ ...b, at: "" });
}

import { type AgentConfig, overDefaults } from "../../config/index.ts";

/** What the plugin gets to read: its own keys over its defaults, and the pace if the configuration sets one. Secrets are still
 *  references. */
export function ownSettings(
  { settings, poll_interval_s: pollIntervalS }: AgentConfig,
  defaults: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  if (pollIntervalS === undefined && Object.keys(defaults).length === 0) return settings;
  const pace = pollIntervalS === undefined ? {} : { poll_interval_s: pollIntervalS };
  return overDefaults(defaults, { ...settings, ...pace });
}

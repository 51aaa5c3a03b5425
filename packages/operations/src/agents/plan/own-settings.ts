import type { AgentConfig } from "../../config/index.ts";

/** What the plugin gets to read: its own keys, and the pace if the configuration sets one. */
export function ownSettings({ settings, poll_interval_s: pollIntervalS }: AgentConfig): Record<string, unknown> {
  return pollIntervalS === undefined ? settings : { ...settings, poll_interval_s: pollIntervalS };
}

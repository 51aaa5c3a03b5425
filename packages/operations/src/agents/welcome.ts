import type { Handshake, PrivacyRule } from "@mimolo/protocol";
import { type Answer, answerHandshake } from "./handshake.ts";
import type { AgentSurroundings } from "./surroundings.ts";
import type { AgentFacts } from "./agent-facts.ts";

/** The answer to the handshake of one run, by the plan and the limits that hold now. */
export function welcome(
  message: Handshake | null,
  { plan, instanceId, settings, enforcement }: AgentFacts,
  run: { readonly runId: string; readonly privacy: readonly PrivacyRule[] },
  { monitor, version, budgets }: Pick<AgentSurroundings, "monitor" | "version" | "budgets">,
): Answer {
  return answerHandshake(message, {
    appVersion: version,
    instanceId,
    runId: run.runId,
    heartbeatIntervalS: plan.config.heartbeat_interval_s,
    flushIntervalS: plan.config.agent_flush_interval_s,
    maxLineBytes: monitor.max_line_bytes,
    cpuBudgetPercent: budgets.cpuPercent(plan.label),
    memoryMib: budgets.memoryMib(plan.label),
    config: settings,
    privacy: run.privacy,
    granted: plan.granted,
    ...enforcement,
  });
}

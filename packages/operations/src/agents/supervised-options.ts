import type { SupervisedAgentOptions } from "@mimolo/supervisor";
import { agentPatience } from "./agent-command.ts";
import type { AgentPlan } from "./plan/agent-plan.ts";
import type { AgentSurroundings } from "./surroundings.ts";

/** What the supervisor of one agent shares with the others', and how patient it is. To be spread last: what is added behind a
 *  spread gives each object a hidden class of its own, half a kilobyte an agent. */
export function supervisedOptions(plan: AgentPlan, around: AgentSurroundings) {
  const { monitor, clock, spawn, gate, turns, guardian, runFile } = around;
  return {
    label: plan.label,
    clock,
    gate,
    turns,
    limits: { messagesPerSecond: monitor.messages_per_s, bytesPerSecond: monitor.bytes_per_s },
    runFile,
    ...(spawn === undefined ? {} : { spawn }),
    ...(guardian === null ? {} : { guardian }),
    maxLineBytes: monitor.max_line_bytes,
    policy: agentPatience(plan, monitor),
  } satisfies Partial<SupervisedAgentOptions>;
}

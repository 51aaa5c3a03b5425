import { SupervisedAgent, type SupervisedAgentOptions } from "@mimolo/supervisor";
import type { CollectedAgent } from "./agent.ts";
import { agentPatience } from "./agent-command.ts";
import { followChange } from "./follow-change.ts";
import type { Hearing } from "./hearing.ts";
import type { Launcher } from "./launcher.ts";
import type { AgentPlan } from "./plan/agent-plan.ts";
import type { AgentSurroundings } from "./surroundings.ts";

export interface Supervision {
  readonly launcher: Launcher;
  /** Made after what it hears of. */
  hearing(): Hearing;
}

/** The supervisor of one agent. */
export function supervise(agent: CollectedAgent, around: AgentSurroundings, by: Supervision): SupervisedAgent {
  return new SupervisedAgent({
    launch: () => by.launcher.launch(),
    readsSparsely: () => !by.hearing().isFiltered && !around.news.wants(agent).summaries,
    handshake: (message, run) => by.hearing().welcome(message, run.runId),
    received: (message) => by.hearing().receive(message),
    refused: (refusal) => by.hearing().refuse(refusal),
    drained: () => agent.calls.goOn(),
    stderr: (line, runId, level) => agent.say(runId, { type: "stderr", level, message: line }),
    changed: (change) => followChange(agent, change, { hearing: by.hearing(), launcher: by.launcher }, around),
    ...shared(agent.plan, around),
  });
}

/** What it shares with the others', and how patient it is. To be spread last: what is added behind a spread gives each object a
 *  hidden class of its own, half a kilobyte an agent. */
function shared(plan: AgentPlan, around: AgentSurroundings) {
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

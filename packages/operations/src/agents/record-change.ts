import type { AgentChange, Clock } from "@mimolo/supervisor";
import { entry } from "../diagnostics/entry.ts";
import type { DiagnosticsLog } from "../diagnostics/log.ts";
import type { Emitter } from "../emitter.ts";
import type { CollectorEvents } from "../events.ts";
import type { Journal } from "../journal/journal.ts";
import type { AgentFacts } from "./agent-facts.ts";

/** A change of an agent: evidence of what was watched when, a line for people, an event for embedders. */
export function recordChange(
  agent: AgentFacts,
  change: AgentChange,
  to: { clock: Clock; journal: Journal; diagnostics: DiagnosticsLog; events: Emitter<CollectorEvents> },
): void {
  const { clock, journal, diagnostics, events } = to;
  const { plan, instanceId, label } = agent;
  const { enforced, unenforced } = agent.enforcement;
  const { state, previous, health, condition, cause, code, signal, uptimeMs, runId, stderrTail } = change;
  const trust = plan.verdict === "dev" ? "dev" : "trusted";
  const nowMs = clock.wallMs();
  journal.agentState(
    {
      state,
      health,
      condition,
      cause,
      code,
      signal,
      uptime_s: uptimeMs === null ? null : Math.round(uptimeMs / 1000),
      enforced: [...enforced],
      unenforced: [...unenforced],
    },
    { instanceId, pluginId: plan.pluginId, agentLabel: label, runId: runId ?? "", trust },
  );
  const end = signal === null ? (code === null ? "" : `exit code ${code}`) : `signal ${signal}`;
  const ended = end === "" || cause.endsWith(end) ? "" : `, ${end}`;
  const died = code !== null || signal !== null;
  const tail = died && stderrTail !== "" ? `; its last words on stderr:\n${stderrTail}` : "";
  const bad = ["backing-off", "quarantined", "blocked"].includes(state) || health === "failed";
  const speaker = { label, instance_id: instanceId, run_id: runId };
  diagnostics.write(
    entry(speaker, nowMs, {
      type: "agent_state",
      level: bad ? "warning" : "info",
      message: `${state}, ${health}, ${condition}: ${cause}${ended}${tail}`,
    }),
  );
  events.emit("agent:state", { label, state, previous, health, condition, cause, at: new Date(nowMs).toISOString() });
}

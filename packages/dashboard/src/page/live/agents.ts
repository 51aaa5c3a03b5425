import type { AgentStatus, ControlEvent } from "@mimolo/protocol";
import type { Beat } from "./state.ts";
import { newest } from "./ring.ts";

type StateEvent = Extract<ControlEvent, { type: "agent:state" }>;
type HeartbeatEvent = Extract<ControlEvent, { type: "agent:heartbeat" }>;

const MOST_BEATS = 60;

/** `null`: this agent is not known, so the list has to be read anew. */
export function withAgentState(agents: readonly AgentStatus[], event: StateEvent): readonly AgentStatus[] | null {
  const { label, state, health, condition } = event;
  if (!agents.some((agent) => agent.label === label)) return null;
  return agents.map((agent) => (agent.label === label ? { ...agent, state, health, condition } : agent));
}

export function withHeartbeat(agents: readonly AgentStatus[], { label, at }: HeartbeatEvent): readonly AgentStatus[] {
  return agents.map((agent) => (agent.label === label ? { ...agent, last_heartbeat_at: at } : agent));
}

export function withBeat(beats: Readonly<Record<string, readonly Beat[]>>, { label, at, metrics }: HeartbeatEvent) {
  const beat = {
    atMs: Date.parse(at),
    cpuPercent: figure(metrics, "cpu_percent_recent") ?? figure(metrics, "cpu"),
    memoryMib: figure(metrics, "mem_mb") ?? figure(metrics, "mem"),
  };
  return { ...beats, [label]: newest(beats[label] ?? [], [beat], MOST_BEATS) };
}

function figure(metrics: Readonly<Record<string, unknown>>, name: string): number | null {
  const value = metrics[name];
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

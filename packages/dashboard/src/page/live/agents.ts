import type { AgentStatus, ControlEvent, StatusReport } from "@mimolo/protocol";
import type { Beat, LiveState } from "./state.ts";
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

/** The collector's own list; what was held of agents that are not in it goes. */
export function withStatus({ beats, frames }: LiveState, { collector, agents }: StatusReport) {
  const labels = new Set(agents.map(({ label }) => label));
  return { collector, agents, beats: ofThese(labels, beats), frames: ofThese(labels, frames) };
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

/** The very same where all of it stays. */
function ofThese<Held>(
  labels: ReadonlySet<string>,
  held: Readonly<Record<string, Held>>,
): Readonly<Record<string, Held>> {
  const kept = Object.entries(held).filter(([label]) => labels.has(label));
  return kept.length === Object.keys(held).length ? held : Object.fromEntries(kept);
}

function figure(metrics: Readonly<Record<string, unknown>>, name: string): number | null {
  const value = metrics[name];
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

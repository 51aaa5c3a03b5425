import { AgentHealth, AgentState, type AgentStatus } from "@mimolo/protocol";
import type { Metric, Sample } from "./metric.ts";

const MIB = 2 ** 20;

/** Agents: how many do what, and each by its label. */
export const agentMetrics: readonly Metric[] = [
  howMany("mimolo_agents", "state", AgentState.options, "Agents by what their process does"),
  howMany("mimolo_agents_by_health", "health", AgentHealth.options, "Agents by how they do"),
  {
    name: "mimolo_agent_info",
    kind: "gauge",
    help: "Always 1; the labels say how an agent is",
    labels: ["agent", "plugin", "state", "health", "condition", "verdict"],
    *read({ status }) {
      for (const { label: agent, plugin_id: plugin, state, health, condition, verdict } of status.agents) {
        yield { labels: { agent, plugin, state, health, condition, verdict }, value: 1 };
      }
    },
  },
  each("mimolo_agent_up", "1 while the agent's process runs and was accepted, else 0", "gauge", ({ state }) => {
    return state === "running" ? 1 : 0;
  }),
  each("mimolo_agent_cpu_percent", "CPU of the agent's processes, percent of one core", "gauge", (agent) => {
    return agent.cpu_percent;
  }),
  each("mimolo_agent_cpu_budget_percent", "What it may use, percent of one core", "gauge", (agent) => {
    return agent.cpu_budget_percent;
  }),
  each("mimolo_agent_memory_bytes", "Memory of the agent's processes", "gauge", ({ memory_mib }) => {
    return memory_mib === null ? null : memory_mib * MIB;
  }),
  each("mimolo_agent_last_heartbeat_timestamp_seconds", "When it was last heard, Unix time", "gauge", (agent) => {
    return agent.last_heartbeat_at === null ? null : Date.parse(agent.last_heartbeat_at) / 1_000;
  }),
  each("mimolo_agent_restarts_total", "Restarts, whatever the cause", "counter", ({ restarts }) => restarts),
  each("mimolo_agent_lines_total", "Lines it wrote", "counter", ({ counters }) => counters.lines),
  each("mimolo_agent_bytes_total", "Bytes it wrote", "counter", ({ counters }) => counters.bytes),
  tally("mimolo_agent_refused_total", "code", "Lines of it that were refused", ({ counters }) => counters.refused),
  tally("mimolo_agent_dropped_total", "lane", "Messages of it that were let go", ({ counters }) => counters.dropped),
  each("mimolo_agent_paused_seconds_total", "How long it was held back", "counter", ({ counters }) => {
    return counters.paused_ms / 1_000;
  }),
  each("mimolo_agent_queued_bytes", "Bytes of commands that it has not read yet", "gauge", ({ counters }) => {
    return counters.queued_bytes;
  }),
];

function howMany(name: string, label: "state" | "health", values: readonly string[], help: string): Metric {
  return {
    name,
    kind: "gauge",
    help,
    labels: [label],
    *read({ status: { agents } }) {
      for (const value of values) {
        yield { labels: { [label]: value }, value: agents.filter((agent) => agent[label] === value).length };
      }
    },
  };
}

/** A number of each agent; `null`: nobody knows it of this one. */
function each(name: string, help: string, kind: Metric["kind"], of: (agent: AgentStatus) => number | null): Metric {
  return {
    name,
    kind,
    help,
    labels: ["agent"],
    *read({ status: { agents } }): Generator<Sample> {
      for (const agent of agents) {
        const value = of(agent);
        if (value !== null) yield { labels: { agent: agent.label }, value };
      }
    },
  };
}

/** A number of each agent and kind, from zero on only. */
function tally(
  name: string,
  label: string,
  help: string,
  of: (agent: AgentStatus) => Readonly<Record<string, number>>,
): Metric {
  return {
    name,
    kind: "counter",
    help,
    labels: ["agent", label],
    *read({ status: { agents } }) {
      for (const agent of agents) {
        for (const [kind, value] of Object.entries(of(agent))) {
          yield { labels: { agent: agent.label, [label]: kind }, value };
        }
      }
    },
  };
}

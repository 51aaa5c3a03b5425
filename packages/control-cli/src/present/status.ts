import type { AgentStatus, StatusReport } from "@mimolo/protocol";
import type { Colour } from "./colour.ts";
import { ago, duration } from "./duration.ts";
import { table } from "./table.ts";

/** The collector in a few lines. */
export function collectorLines(collector: StatusReport["collector"], colour: Colour): string[] {
  const facts: [string, string][] = [
    ["evidence", collector.data_dir],
    ["mode", collector.mode],
    ["address", collector.address ?? "none"],
  ];
  const head = `MiMoLo ${collector.version} has been running for ${duration(collector.uptime_s * 1000)}`;
  return [
    `${colour("bold", head)} (pid ${collector.pid})`,
    ...facts.map(([name, value]) => `  ${colour("dim", name.padEnd(8))}  ${value}`),
  ];
}

/** Every agent as a line of a table, then what about them needs a word. */
export function agentLines(agents: readonly AgentStatus[], nowMs: number, colour: Colour): string[] {
  if (agents.length === 0) return ["No agents. `mimolo init` writes a configuration to start from."];
  const rows = agents.map((agent) => [
    agent.label,
    stateOf(agent, colour),
    agent.pid === null ? "–" : String(agent.pid),
    percent(agent.cpu_percent),
    agent.memory_mib === null ? "–" : `${Math.round(agent.memory_mib)} MiB`,
    String(agent.restarts),
    ago(agent.last_heartbeat_at === null ? null : Date.parse(agent.last_heartbeat_at), nowMs),
    agent.verdict,
  ]);
  return [...table(COLUMNS, rows, colour), ...remarks(agents)];
}

/** `running`, and what qualifies it: a health that is not ok, a condition that is not free. */
function stateOf(agent: Pick<AgentStatus, "state" | "health" | "condition">, colour: Colour): string {
  const more = [
    agent.health === "ok" ? [] : [agent.health],
    agent.condition === "free" ? [] : [agent.condition],
  ].flat();
  const told = more.length === 0 || agent.state !== "running" ? agent.state : `${agent.state}, ${more.join(", ")}`;
  if (agent.state === "running") return colour(more.length === 0 ? "green" : "yellow", told);
  return colour(agent.state === "blocked" || agent.state === "quarantined" ? "red" : "dim", told);
}

const COLUMNS = [
  { title: "AGENT" },
  { title: "STATE" },
  { title: "PID", align: "right" },
  { title: "CPU", align: "right" },
  { title: "MEMORY", align: "right" },
  { title: "RESTARTS", align: "right" },
  { title: "LAST HEARD" },
  { title: "VERDICT" },
] as const;

function remarks(agents: readonly AgentStatus[]): string[] {
  const lines: string[] = [];
  const blocked = agents.filter((agent) => agent.state === "blocked").map((agent) => agent.label);
  const quarantined = agents.filter((agent) => agent.state === "quarantined").map((agent) => agent.label);
  if (blocked.length > 0) {
    lines.push(
      "",
      `Blocked, because nobody allowed it yet: ${blocked.join(", ")}`,
      "  `mimolo run --dev` runs it while you try it out.",
    );
  }
  if (quarantined.length > 0) {
    lines.push("", `In quarantine: ${quarantined.join(", ")}`);
    lines.push(
      ...quarantined.map(
        (label) => `  \`mimolo logs ${label}\` says why, \`mimolo agent restart ${label}\` tries again.`,
      ),
    );
  }
  const unenforced = [...new Set(agents.flatMap((agent) => agent.unenforced))];
  if (unenforced.length > 0) lines.push("", `Declared but not enforced here: ${unenforced.join(", ")}`);
  return lines;
}

function percent(value: number | null): string {
  return value === null ? "–" : `${value.toFixed(value < 10 ? 2 : 0)} %`;
}

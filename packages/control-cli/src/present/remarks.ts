import type { AgentStatus } from "@mimolo/protocol";
import { unheldLines } from "./enforcement.ts";
import { printable, wrap } from "./width.ts";

/** What the table cannot say: for every agent in trouble what its word means and what to do next, and what of the agents'
 *  limits is only declared. */
export function remarks(agents: readonly AgentStatus[], columns: number): string[] {
  const lines = blockedLines(agents, columns);
  for (const { heading, is, next } of TROUBLES) {
    const labels = agents.filter(is).map(({ label }) => label);
    if (labels.length > 0)
      lines.push("", `${heading}: ${labels.join(", ")}`, ...next(labels).map((line) => `  ${line}`));
  }
  return [...lines, ...unheldLines(agents)];
}

/** Each with its own reason, which ends with the command that helps. */
function blockedLines(agents: readonly AgentStatus[], columns: number): string[] {
  return agents
    .filter(({ state }) => state === "blocked")
    .flatMap(({ label, verdict, blocked }) => [
      "",
      `Blocked: ${label}${verdict === "trusted" ? "" : ` (${verdict})`}`,
      ...wrap(printable(blocked ?? "`mimolo register` says why"), columns - 2).map((line) => `  ${line}`),
    ]);
}

interface Trouble {
  readonly heading: string;
  readonly is: (agent: AgentStatus) => boolean;
  readonly next: (labels: readonly string[]) => readonly string[];
}

/** The gravest first. */
const TROUBLES: readonly Trouble[] = [
  {
    heading: "In quarantine, tried again every ten minutes",
    is: ({ state }) => state === "quarantined",
    next: (labels) =>
      labels.map((label) => `\`mimolo logs ${label}\` says why, \`mimolo agent restart ${label}\` tries again now.`),
  },
  {
    heading: "Backing off: it ended, and is started again by itself",
    is: ({ state }) => state === "backing-off",
    next: why,
  },
  {
    heading: "Overload: slowed down again and again, and still over its CPU budget",
    is: running("overload"),
    next: (labels) => [...why(labels), "Let it do less, or grant it more: `cpu_budget_percent` in its settings."],
  },
  {
    heading: "Degraded: errors, lines that were refused, or silence",
    is: running("degraded"),
    next: why,
  },
  {
    heading: "Slowpoke: answers late, or has too much waiting",
    is: running("slowpoke"),
    next: why,
  },
  {
    heading: "Throttled: over its CPU budget, or writes faster than it may",
    is: ({ state, health, condition }) => state === "running" && condition === "throttled" && health !== "overload",
    next: why,
  },
  {
    heading: "In developer mode, allowed by nobody; the records say so",
    is: ({ state, verdict }) => verdict === "dev" && state !== "blocked",
    next: () => ["`mimolo allow` on its file lets it run without --dev."],
  },
  {
    heading: "Stopped",
    is: ({ state }) => state === "stopped",
    next: (labels) => labels.map((label) => `\`mimolo agent start ${label}\` starts it.`),
  },
];

function running(health: AgentStatus["health"]): Trouble["is"] {
  return (agent) => agent.state === "running" && agent.health === health;
}

function why(labels: readonly string[]): string[] {
  return [
    `${labels.map((label) => `\`mimolo logs ${label}\``).join(", ")} ${labels.length === 1 ? "says" : "say"} why.`,
  ];
}

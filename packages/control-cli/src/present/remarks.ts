import type { AgentStatus } from "@mimolo/protocol";
import { unheldLines } from "./enforcement.ts";
import { printable, wrap } from "./width.ts";

/** What the table cannot say: for every agent in trouble what its word means and what to do next, and what of the agents'
 *  limits is only declared. */
export function remarks(agents: readonly AgentStatus[], columns: number): string[] {
  const lines = blockedLines(agents, columns);
  for (const { heading, is, next } of TROUBLES) {
    const troubled = agents.filter(is);
    if (troubled.length === 0) continue;
    const told = next(troubled).flatMap((line) => wrap(printable(line), columns - 2));
    lines.push("", `${heading}: ${labelsOf(troubled).join(", ")}`, ...told.map((line) => `  ${line}`));
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
  readonly next: (agents: readonly AgentStatus[]) => readonly string[];
}

/** The gravest first. */
const TROUBLES: readonly Trouble[] = [
  {
    heading: "In quarantine, tried again every ten minutes",
    is: ({ state }) => state === "quarantined",
    next: (agents) => [
      ...why(agents),
      ...labelsOf(agents).map((label) => `\`mimolo agent restart ${label}\` tries again now.`),
    ],
  },
  {
    heading: "Backing off: it ended, and is started again by itself",
    is: ({ state }) => state === "backing-off",
    next: why,
  },
  {
    heading: "Overload: slowed down again and again, and still over its CPU budget",
    is: running("overload"),
    next: (agents) => [...why(agents), "Let it do less, or grant it more: `cpu_budget_percent` in its settings."],
  },
  {
    heading: "Degraded",
    is: running("degraded"),
    next: why,
  },
  {
    heading: "Slowpoke",
    is: running("slowpoke"),
    next: why,
  },
  {
    heading: "Throttled",
    // Of one that is unwell besides, all reasons stand there.
    is: ({ state, health, condition }) => state === "running" && condition === "throttled" && health === "ok",
    next: why,
  },
  {
    heading: "Over its CPU budget, and free",
    is: ({ state, condition, cpu_percent: used, cpu_budget_percent: budget }) =>
      state === "running" && condition === "free" && used !== null && budget !== null && used > budget,
    next: () => [
      "Who is over it for a minute, and still is at its end, is slowed down;",
      "what its start costs, or a burst that it declared, is not held against it.",
    ],
  },
  {
    heading: "Something to say",
    is: ({ says }) => says !== undefined,
    next: (agents) => agents.map(({ label, says }) => `${label}: ${says}`),
  },
  {
    heading: "In developer mode, allowed by nobody; the records say so",
    is: ({ state, verdict }) => verdict === "dev" && state !== "blocked",
    next: () => ["`mimolo allow` on its file lets it run without --dev."],
  },
  {
    heading: "Stopped",
    is: ({ state }) => state === "stopped",
    next: (agents) => labelsOf(agents).map((label) => `\`mimolo agent start ${label}\` starts it.`),
  },
];

function running(health: AgentStatus["health"]): Trouble["is"] {
  return (agent) => agent.state === "running" && agent.health === health;
}

/** Each with its reason; of those whose collector gives none, where it is to be found. */
function why(agents: readonly AgentStatus[]): string[] {
  const reasons = agents.flatMap(({ label, reason }) => (reason === undefined ? [] : [`${label}: ${reason}`]));
  const others = labelsOf(agents.filter(({ reason }) => reason === undefined));
  if (others.length === 0) return reasons;
  const where = others.map((label) => `\`mimolo logs ${label}\``).join(", ");
  return [...reasons, `${where} ${others.length === 1 ? "says" : "say"} why.`];
}

function labelsOf(agents: readonly AgentStatus[]): string[] {
  return agents.map(({ label }) => label);
}

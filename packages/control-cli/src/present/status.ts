import type { ConfigReport } from "@mimolo/operations";
import type { AgentStatus, StatusReport } from "@mimolo/protocol";
import type { Colour } from "./colour.ts";
import { ago, duration } from "./duration.ts";
import { remarks } from "./remarks.ts";
import { type Column, table } from "./table.ts";
import { printable, widthOf } from "./width.ts";

/** The collector in a few lines. */
export function collectorLines(collector: StatusReport["collector"], colour: Colour): string[] {
  const facts: [string, string][] = [
    ["evidence", collector.data_dir],
    ["mode", collector.mode],
    ["address", collector.address ?? "none"],
    ["over TCP", collector.http ?? "nowhere"],
    ["budget", budgetText(collector.budget)],
    ...(collector.fault === undefined
      ? []
      : [["fault", colour("red", faultText(collector.fault))] as [string, string]]),
  ];
  const head = `MiMoLo ${collector.version} has been running for ${duration(collector.uptime_s * 1000)}`;
  return [
    `${colour("bold", head)} (pid ${collector.pid})`,
    ...facts.map(([name, value]) => `  ${colour("dim", name.padEnd(8))}  ${value}`),
  ];
}

function faultText(fault: string): string {
  return `evidence waits for the disk and is tried again: ${printable(fault)}`;
}

/** What was promised of a core, and what stands in the way. */
function budgetText({ sum, ops, total, reasons }: StatusReport["collector"]["budget"]): string {
  const told = `${sum} % of a core for agents, ${String(ops)} % for the collector, of ${String(total)} %`;
  return [told, ...reasons].join(`\n${" ".repeat(12)}`);
}

/** Why there is none, and how there is one: those that are configured are switched off. */
export function noAgentLines(configured: ConfigReport["agents"]): string[] {
  const off = Object.entries(configured).filter(([, { values }]) =>
    values.some(({ key, value }) => key === "enabled" && value === false),
  );
  if (off.length === 0) return ["No agents. `mimolo init` writes a configuration to start from."];
  const labels = off.map(([label]) => printable(label));
  const ids = [...new Set(off.map(([, { plugin_id: id }]) => printable(id)))];
  const shown = ids.slice(0, MOST_SHOWN).map((id) => `  mimolo plugin enable ${id}`);
  const more = ids.length > MOST_SHOWN ? [`  and ${ids.length - MOST_SHOWN} more: mimolo plugin list`] : [];
  const what = labels.length === 1 ? "it is switched off" : "all are switched off";
  return [`No agent runs, ${what}: ${labels.join(", ")}. To bring one back:`, ...shown, ...more];
}

const MOST_SHOWN = 5;

/** Every agent as a line of a table, then what about them needs a word. On fewer `columns` than the table takes, what can be
 *  spared goes; without `columns` nothing does. */
export function agentLines(
  agents: readonly AgentStatus[],
  nowMs: number,
  colour: Colour,
  columns = Number.POSITIVE_INFINITY,
): string[] {
  const tableOf = (spared: readonly string[]) => {
    const shown = COLUMNS.filter(({ title }) => !spared.includes(title));
    return table(
      shown,
      agents.map((agent) => shown.map(({ cell }) => cell(agent, nowMs, colour))),
      colour,
    );
  };
  const width = (lines: readonly string[]) => Math.max(...lines.map(widthOf));
  let lines = tableOf([]);
  for (let count = 1; count <= SPARED_FIRST.length && width(lines) > columns; count += 1) {
    lines = tableOf(SPARED_FIRST.slice(0, count));
  }
  return [...lines, ...remarks(agents, columns)];
}

interface AgentColumn extends Column {
  readonly cell: (agent: AgentStatus, nowMs: number, colour: Colour) => string;
}

const COLUMNS: readonly AgentColumn[] = [
  { title: "AGENT", cell: ({ label }) => label },
  { title: "STATE", cell: (agent, _nowMs, colour) => stateOf(agent, colour) },
  {
    title: "CONDITION",
    cell: ({ condition }, _nowMs, colour) => (condition === "free" ? condition : colour("yellow", condition)),
  },
  { title: "CPU", align: "right", cell: cpuOf },
  { title: "BUDGET", align: "right", cell: ({ cpu_budget_percent }) => percent(cpu_budget_percent) },
  {
    title: "MEMORY",
    align: "right",
    cell: ({ memory_mib }) => (memory_mib === null ? NOTHING : `${Math.round(memory_mib)} MiB`),
  },
  { title: "RESTARTS", align: "right", cell: ({ restarts }) => String(restarts) },
  {
    title: "LAST HEARD",
    cell: ({ last_heartbeat_at: at }, nowMs) => ago(at === null ? null : Date.parse(at), nowMs),
  },
  { title: "PID", align: "right", cell: ({ pid }) => (pid === null ? NOTHING : String(pid)) },
  { title: "VERDICT", cell: ({ verdict }) => verdict },
];

/** What a narrow terminal can do without; `--json` has it all. */
const SPARED_FIRST = ["VERDICT", "PID", "LAST HEARD", "RESTARTS", "BUDGET"];

/** Not measured, not there. */
const NOTHING = "–";

/** `running`, and the health that qualifies it if it is not ok. */
function stateOf({ state, health }: AgentStatus, colour: Colour): string {
  if (state === "running") return health === "ok" ? colour("green", state) : colour("yellow", `${state}, ${health}`);
  return colour(state === "blocked" || state === "quarantined" ? "red" : "dim", state);
}

/** What it used lately; what is above its budget stands out. */
function cpuOf({ cpu_percent, cpu_budget_percent }: AgentStatus, _nowMs: number, colour: Colour): string {
  const over = cpu_percent !== null && cpu_budget_percent !== null && cpu_percent > cpu_budget_percent;
  return over ? colour("yellow", percent(cpu_percent)) : percent(cpu_percent);
}

function percent(value: number | null): string {
  return value === null ? NOTHING : `${value.toFixed(value < 10 ? 2 : 0)} %`;
}

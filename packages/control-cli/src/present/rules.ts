import { relative } from "node:path";
import type { RuleReport, RulesReport, RulesTestReport } from "@mimolo/protocol";
import type { Colour } from "./colour.ts";
import { ago } from "./duration.ts";
import { table } from "./table.ts";
import { printable } from "./width.ts";

const NONE = [
  "There are no rules. One in mimolo.toml looks like this:",
  "  [[rules]]",
  '  name = "long-work"',
  '  when = { source = "segment", event = "closed", where = "data.duration_s > 3600" }',
  '  do = { plugin = "mimolo.notify", params = { text = "An hour at a stretch" } }',
];

/** Every rule on a line, and below what keeps one from running and why the last one failed; `runs`: a collector has counted. */
export function ruleLines(
  { rules }: RulesReport,
  around: { cwd: string; runs: boolean; nowMs: number },
  colour: Colour,
): string[] {
  if (rules.length === 0) return NONE;
  const titles = around.runs
    ? ["RULE", "WHEN", "DO", "RUNS", "FAILED", "HELD", "LAST RUN"]
    : ["RULE", "WHEN", "DO", "FROM"];
  const rows = rules.map((rule) => {
    const said = [printable(rule.name), printable(whenText(rule)), printable(rule.do.plugin)];
    return around.runs ? [...said, ...countsOf(rule, around.nowMs)] : [...said, placeOf(rule, around.cwd)];
  });
  const columns = titles.map((title) => ({
    title,
    align: ["RUNS", "FAILED", "HELD"].includes(title) ? ("right" as const) : ("left" as const),
  }));
  const troubles = rules.flatMap(({ name, trouble }) =>
    trouble === null ? [] : [colour("yellow", `${printable(name)} cannot run: ${printable(trouble)}`)],
  );
  const failures = rules.flatMap(({ name, last_failure: last }) =>
    last === undefined
      ? []
      : [`${printable(name)} failed ${ago(Date.parse(last.at), around.nowMs)}: ${printable(last.message)}`],
  );
  const below = [...troubles, ...failures];
  return [...table(columns, rows, colour), ...(below.length === 0 ? [] : ["", ...below])];
}

/** What each rule would do, and why. */
export function triedRuleLines({ rules }: RulesTestReport, colour: Colour): string[] {
  if (rules.length === 0) return NONE;
  const lines = rules.flatMap(({ name, fires, reason, would }) => {
    const head = `${fires ? colour("green", "fires") : colour("dim", "stays")}  ${printable(name)}: ${printable(reason)}`;
    if (would === undefined) return [head];
    return [
      head,
      `       would execute ${printable(would.plugin)} with ${printable(JSON.stringify(would.params))}`,
      `       in ${printable(JSON.stringify(would.context))}`,
    ];
  });
  return [...lines, "", "Nothing was done."];
}

function whenText({ when, limit }: RuleReport): string {
  const { source, agent, event, where } = when;
  const parts = [
    event === undefined ? source : `${source} ${event}`,
    ...(agent === undefined ? [] : [`of ${agent}`]),
    ...(where === undefined ? [] : [`where ${where}`]),
    ...(limit === undefined ? [] : [`at most ${limit} a minute`]),
  ];
  return parts.join(", ");
}

function countsOf({ runs, failures, limited, cut, last_run_at: last }: RuleReport, nowMs: number): string[] {
  return [runs, failures, limited + cut].map(String).concat(last === null ? "never" : ago(Date.parse(last), nowMs));
}

function placeOf({ from }: RuleReport, cwd: string): string {
  if (from === undefined) return "";
  const short = relative(cwd, from.file);
  const file = short.startsWith("..") ? from.file : short;
  return from.line === undefined ? file : `${file}:${from.line}`;
}

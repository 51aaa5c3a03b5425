import type { Recording } from "./recording.ts";
import type { ConformanceReport, RuleReport } from "./report.ts";
import type { Rule } from "./rule.ts";
import { rules } from "./rules/index.ts";

export interface JudgeOptions {
  /** Published plugins owe more. */
  readonly release?: boolean;
  /** Ids; default: all. */
  readonly only?: readonly string[] | undefined;
}

/** What the recordings show. The same recordings always give the same report, but for `took_ms`, which is 0. */
export function judge(recordings: readonly Recording[], options: JudgeOptions = {}): ConformanceReport {
  const asked = askedRules(options);
  const reports = asked.map((rule) => reportOf(rule, recordings));
  const count = (fits: (report: RuleReport) => boolean) => reports.filter(fits).length;
  return {
    passed: count(({ required, ok }) => required && ok === true),
    failed: count(({ required, ok }) => required && ok === false),
    not_applicable: count(({ ok }) => ok === null),
    advice: count(({ required, ok }) => !required && ok === false),
    took_ms: 0,
    level: options.release === true ? "release" : "agent",
    rules: reports,
  };
}

/** The rules that are asked for, in the order of their ids. Throws for an id that nobody knows. */
export function askedRules({ release = false, only }: JudgeOptions): readonly Rule[] {
  const unknown = only?.find((id) => rules.every((rule) => rule.id !== id));
  if (unknown !== undefined) throw new TypeError(`no rule is called ${unknown}`);
  if (only !== undefined) return rules.filter(({ id }) => only.includes(id));
  return rules.filter((rule) => release || rule.release !== true);
}

function reportOf(rule: Rule, recordings: readonly Recording[]): RuleReport {
  const { id, area, title, required, why, fix } = rule;
  const { ok, seen } = rule.judge(recordings);
  return { id, area, title, required, ok, seen, why, fix, page: `docs/conformance/${id}.md` };
}

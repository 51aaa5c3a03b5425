import type { Config } from "./monitor-form.ts";

export type WrittenRule = Config["privacy"][number];

/** A rule as it is being written. */
export interface DraftRule {
  name: string;
  match_agent: string;
  field: string;
  by: "glob" | "regex";
  pattern: string;
  action: "redact" | "drop";
}

export const EMPTY_RULE: Readonly<DraftRule> = {
  name: "",
  match_agent: "*",
  field: "data.title",
  by: "glob",
  pattern: "",
  action: "redact",
};

export function draftOfRule({ name, match_agent, field, glob, regex, action }: WrittenRule): DraftRule {
  return { name, match_agent, field, action, by: regex === undefined ? "glob" : "regex", pattern: regex ?? glob ?? "" };
}

/** As the collector takes it. */
export function ruleOf({ name, match_agent, field, by, pattern, action }: DraftRule) {
  const agent = match_agent.trim();
  return {
    ...(name.trim() === "" ? {} : { name: name.trim() }),
    ...(agent === "" || agent === "*" ? {} : { match_agent: agent }),
    field: field.trim(),
    [by]: pattern,
    ...(action === "redact" ? {} : { action }),
  };
}

/** Enough is there to be tried. */
export function isWhole({ field, pattern }: DraftRule): boolean {
  return field.trim() !== "" && pattern !== "";
}

/** `data.title of every agent, where it fits *bank*: the value is taken out`. */
export function ruleText(rule: DraftRule): string {
  const whose = rule.match_agent === "*" || rule.match_agent === "" ? "every agent" : rule.match_agent;
  const how = rule.by === "glob" ? "fits" : "matches";
  const what = rule.action === "drop" ? "the whole message is dropped" : "the value is taken out";
  return `${rule.field} of ${whose}, where it ${how} ${rule.pattern}: ${what}`;
}

/** All rules as they are to be written, with this one in the place of `index`, at the end (-1), or, for null, gone. */
export function listWith(rules: readonly WrittenRule[], index: number, rule: DraftRule | null): object[] {
  const plain = rules.map((each) => ruleOf(draftOfRule(each)));
  const next = rule === null ? [] : [ruleOf(rule)];
  return index === -1 ? [...plain, ...next] : [...plain.slice(0, index), ...next, ...plain.slice(index + 1)];
}

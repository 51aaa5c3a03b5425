export { CannotStart } from "./cannot-start.ts";
export { checkConformance, type ConformanceOptions } from "./check-conformance.ts";
export { judge, type JudgeOptions } from "./judge.ts";
export type { Happening, Mark, Recording } from "./recording.ts";
export type { ConformanceReport, RuleReport } from "./report.ts";
export type { Area, Finding, Rule } from "./rule.ts";
export { rules } from "./rules/index.ts";

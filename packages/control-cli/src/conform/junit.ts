// JUnit XML, as CI servers read it: a case for each rule.
import type { ConformanceReport, RuleReport } from "@mimolo/agent-sdk/testing";

/** Advice that does not hold fails nobody: it counts as skipped, with what it says. */
export function junitOf({ rules, took_ms: tookMs }: ConformanceReport, agent: string): string {
  const failures = rules.filter(({ required, ok }) => required && ok === false).length;
  const skipped = rules.filter(({ required, ok }) => ok === null || !(required || ok)).length;
  const attributes = `tests="${rules.length}" failures="${failures}" errors="0" skipped="${skipped}" time="${(tookMs / 1000).toFixed(3)}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${attributes}>`,
    `  <testsuite name="${escaped(`conformance of ${agent === "" ? "a recording" : agent}`)}" ${attributes}>`,
    ...rules.map(caseOf),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function caseOf(rule: RuleReport): string {
  const { id, area, title, required, ok, seen, why, fix, page } = rule;
  const head = `    <testcase classname="jlp.${area}" name="${escaped(`${id} ${title}`)}" time="0"`;
  if (ok === true) return `${head}/>`;
  if (ok === null) return `${head}><skipped message="${escaped(seen)}"/></testcase>`;
  if (!required) return `${head}><skipped message="${escaped(`advice: ${seen}`)}"/></testcase>`;
  const text = [`seen: ${seen}`, `why: ${why}`, `fix: ${fix}`, `page: ${page}`].join("\n");
  return `${head}><failure type="${id}" message="${escaped(seen)}">${escaped(text)}</failure></testcase>`;
}

/** XML 1.0 has no way at all to write most control characters, nor halves of a pair. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

import type { ConformanceReport, RuleReport } from "@mimolo/agent-sdk/testing";
import { expect, test } from "vitest";
import { junitOf } from "../../src/conform/junit.ts";
import { conformLines } from "../../src/present/conform.ts";
import { plain } from "../../src/present/colour.ts";

const rule = (id: string, more: Partial<RuleReport>): RuleReport => ({
  id,
  area: "lines",
  title: 'It ends <well> & "at once"',
  required: true,
  ok: true,
  seen: "nothing",
  why: "A user waits.",
  fix: "End.",
  page: `docs/conformance/${id}.md`,
  ...more,
});

const report: ConformanceReport = {
  passed: 1,
  failed: 1,
  not_applicable: 1,
  advice: 1,
  took_ms: 1234,
  level: "agent",
  rules: [
    rule("JLP201", {}),
    rule("JLP202", { ok: false, seen: 'cut ]]> here \u0000\u001B[31m\uD800 <a href="x">' }),
    rule("JLP203", { ok: null, seen: "it never spoke" }),
    rule("JLP204", { ok: false, required: false, seen: "as advised" }),
  ],
};

test("whatever a line held, the XML holds only what XML can", () => {
  const xml = junitOf(report, "./agent --flag=<&>");
  expect(xml).toContain('tests="4" failures="1" errors="0" skipped="2" time="1.234"');
  // Tab, line feed, carriage return, and what lies from the blank on, but no halves of pairs.
  expect(xml).toMatch(/^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u);
  expect(xml).not.toContain("]]>");
  const tags = xml.replace(/<\?.*?\?>/, "").match(/<[^>]*>/g) ?? [];
  const open: string[] = [];
  for (const tag of tags) {
    expect(tag).toMatch(/^<\/?[a-z]+(?: [a-z]+="[^"<]*")*\/?>$/);
    const name = /[a-z]+/.exec(tag)?.[0] ?? "";
    if (tag.startsWith("</")) expect(open.pop()).toBe(name);
    else if (!tag.endsWith("/>")) open.push(name);
  }
  expect(open).toEqual([]);
});

test("people see what is broken first, then advice, and no more colour or columns than they have", () => {
  const output = { colour: plain, columns: 60, options: { json: false, quiet: false, verbose: false } };
  const lines = conformLines(report, output);
  expect(lines[0]).toBe('✗ JLP202  It ends <well> & "at once"');
  expect(lines.find((line) => line.includes("(advice)"))).toContain("JLP204");
  expect(lines.at(-2)).toBe("✗ 1 rule is broken: 1 of 2 rules hold, 1 piece of advice, 1 does not apply, in 1.2 s");
  expect(lines.join("\n")).not.toMatch(/\p{Cc}\[|JLP201|JLP203/u);
  expect(Math.max(...lines.slice(1, 5).map((line) => line.length))).toBeLessThanOrEqual(60);
  const verbose = conformLines(report, { ...output, options: { ...output.options, verbose: true } });
  expect(verbose.join("\n")).toContain('✓ JLP201  It ends <well> & "at once"');
  expect(verbose.join("\n")).toContain("- JLP203");
});

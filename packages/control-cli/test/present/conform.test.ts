import { judge } from "@mimolo/agent-sdk/testing";
import { expect, test } from "vitest";
import { plain } from "../../src/present/colour.ts";
import { conformLines } from "../../src/present/conform.ts";

test("where no rule applies nothing is said to conform", () => {
  const report = judge([{ scenario: "first-contact", lines: [], marks: [] }], { only: ["JLP301"] });
  expect(report).toMatchObject({ passed: 0, failed: 0, not_applicable: 1 });
  const text = conformLines(report, {
    colour: plain,
    columns: 80,
    options: { json: false, quiet: false, verbose: false },
  }).join("\n");
  expect(text).toContain("– nothing was judged: 0 of 0 rules hold, 1 does not apply");
  expect(text).not.toContain("it conforms");
});

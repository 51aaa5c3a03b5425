import { judge } from "@mimolo/agent-sdk/testing";
import { expect, test } from "vitest";
import { plain } from "../../src/present/colour.ts";
import { conformLines } from "../../src/present/conform.ts";
import { progressText } from "../../src/present/conform-progress.ts";

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

test("advice that was judged alone is no rule that holds, and no nothing either", () => {
  const handshake = (feature: string) => {
    const said = { type: "handshake", protocol_version: "0.4", agent_version: "1.0.0", capabilities: [feature] };
    const lines = [{ at_ms: 1, dir: "out", line: JSON.stringify(said) }] as const;
    return judge([{ scenario: "first-contact", lines, marks: [] }], { only: ["JLP106"] });
  };
  const options = { json: false, quiet: false, verbose: false };
  const shown = (feature: string) => conformLines(handshake(feature), { colour: plain, columns: 80, options });
  expect(shown("summary")).toContain("✓ the advice is followed: 1 of 1 piece of advice");
  expect(shown("sumary")).toContain("! advice is not followed: 0 of 1 piece of advice");
});

test("progress says what is waited for, where that takes long", () => {
  expect(progressText(2, 29, "its stdin ends", null)).toBe("2/29  its stdin ends");
  expect(progressText(2, 29, "its stdin ends", { for: "its end", up_to_ms: 30_000 })).toBe(
    "2/29  its stdin ends: waits for its end, up to 30 s",
  );
});

test("a terminal that says it has no width is written to all the same", () => {
  const report = judge([{ scenario: "first-contact", lines: [], marks: [] }], { only: ["JLP101"] });
  const options = { json: false, quiet: false, verbose: false };
  const lines = conformLines(report, { colour: plain, columns: 0, options });
  expect(lines.find((line) => line.includes("seen"))).toMatch(/it wrote nothing/);
});

import { expect, test } from "vitest";
import { shown } from "../../src/judgement/shown.ts";

test("text of a stranger's moves no cursor, turns no writing and ends", () => {
  expect(shown("a ü 日本 🌐 b")).toBe("a ü 日本 🌐 b");
  expect(shown("\u001b[2J\n\u202egnp.exe\u2028\ud800")).toBe("\\u{1b}[2J\\u{a}\\u{202e}gnp.exe\\u{2028}\\u{d800}");
  expect(shown("x".repeat(160))).toHaveLength(160);
  expect(shown("x".repeat(161))).toBe(`${"x".repeat(159)}…`);
});

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { refuseToml } from "./scratch.ts";

/** What people write and what they are told: `# title`, the file, then code, message and hint after arrows. */
const mistakes = readFileSync(fileURLToPath(new URL("fixtures/mistakes.txt", import.meta.url)), "utf8")
  .split(/^# /m)
  .slice(1)
  .map((block) => {
    const lines = block.trimEnd().split("\n");
    return {
      title: lines[0] ?? "",
      toml: lines
        .slice(1)
        .filter((line) => !line.startsWith("→"))
        .join("\n"),
      told: lines.filter((line) => line.startsWith("→")).map((line) => line.slice(2)),
    };
  });

test.each(mistakes)("$title is told with its place and what to do", ({ toml, told }) => {
  const error = refuseToml(toml);
  expect([error.code, error.message, error.hint]).toEqual(told);
  expect(error.problems).toHaveLength(1);
});

test("an error says its place, what is allowed and the nearest right name to programs too", () => {
  const error = refuseToml("[monitor]\n# a comment\n  log_fromat = 3\n");
  expect(error).toMatchObject({
    code: "unknown-key",
    line: 3,
    column: 3,
    key: "monitor.log_fromat",
    nearest: "log_format",
  });
  expect(error.file).toMatch(/mimolo\.toml$/);
  expect(error.allowed).toContain("log_format");
});

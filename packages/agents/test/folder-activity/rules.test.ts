import * as fc from "fast-check";
import ignore from "ignore";
import { expect, test } from "vitest";
import { DEFAULT_IGNORES } from "../../src/folder-activity/default-ignores.ts";
import { Rules } from "../../src/folder-activity/rules.ts";

const name = fc
  .oneof(
    fc.constantFrom("a", "b.log", ".env", "#x#", "node_modules", "4913", "x~", "a b", "é.ts", "A.LOG", " a"),
    fc.string({ unit: fc.constantFrom("a", "b", ".", "#", "~", "$", "!", "+", "(", "*"), minLength: 1, maxLength: 4 }),
  )
  .filter((text) => text !== "." && text !== "..");
const pattern = fc.oneof(
  fc.constantFrom(
    ...DEFAULT_IGNORES,
    "*.log",
    "!keep.log",
    "/a",
    "a/b",
    "**/x",
    "[ab]",
    "a?",
    "\\!x",
    "# no",
    "",
    "*",
    "!*.ts",
  ),
  name,
  name.map((text) => `${text}/`),
  name.map((text) => `!${text}`),
);

test("passing names over quickly never changes what the patterns say", () => {
  fc.assert(
    fc.property(
      fc.array(pattern, { maxLength: 6 }),
      fc.array(name, { minLength: 1, maxLength: 3 }),
      fc.boolean(),
      (patterns, names, isFolder) => {
        const oracle = ignore({ ignorecase: process.platform !== "linux" }).add(patterns.join("\n"));
        const path = names.join("/");
        // Folders above are known not to be ignored; the rules are never asked below an ignored one.
        fc.pre(names.slice(1).every((_, index) => !oracle.ignores(`${names.slice(0, index + 1).join("/")}/`)));
        const { ignored, unignored } = oracle.test(isFolder ? `${path}/` : path);
        expect(new Rules(patterns.join("\n")).of(path, isFolder)).toBe(
          ignored ? "ignored" : unignored ? "wanted" : null,
        );
      },
    ),
    { numRuns: 1_000 },
  );
});

test("asking about very many paths keeps giving the right answer", () => {
  const rules = new Rules("/logs/\n*.tmp\n");
  for (let index = 0; index < 10_000; index += 1) {
    expect(rules.of(`folder/${index}.tmp`, false)).toBe("ignored");
    expect(rules.of(`folder/${index}.txt`, false)).toBeNull();
  }
});

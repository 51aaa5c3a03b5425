import * as fc from "fast-check";
import { parse, stringify } from "smol-toml";
import { expect, test } from "vitest";
import { type KeyPath, isTable, nearestPlace, placeKey } from "../../src/config/layer.ts";
import { locateToml } from "../../src/config/locate-toml.ts";
import { plainTree } from "../../src/config/plain-tree.ts";

/** The name of the key that stands at a place, read by the parser and not by the locator. */
function keyAt(text: string, line: number, column: number): string | undefined {
  const rest = (text.split("\n")[line - 1] ?? "").slice(column - 1);
  const [written = ""] = /^("(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_-]+)/.exec(rest) ?? [];
  return written === "" ? undefined : Object.keys(parse(`${written} = 0`))[0];
}

/** Every path to a named key. */
function namedPaths(value: unknown, path: KeyPath = []): KeyPath[] {
  if (Array.isArray(value)) return value.flatMap((entry: unknown, index) => namedPaths(entry, [...path, index]));
  if (!isTable(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => [[...path, name], ...namedPaths(inner, [...path, name])]);
}

/** Every named key of a valid text is found where a key of that name stands. */
function expectAllFound(text: string): void {
  const places = locateToml(text);
  for (const path of namedPaths(plainTree(parse(text)).tree)) {
    const position = places.get(placeKey(path));
    expect(position, `${JSON.stringify(path)} in ${text}`).toBeDefined();
    if (position !== undefined) expect(keyAt(text, position.line, position.column)).toBe(path.at(-1));
  }
}

const tricky = `# [plugins.fake] in a comment
title = "[plugins.fake] = 1" # and = "here"
a.b . "c d".'e.f' = 1
[ monitor ]
text = """
[plugins.fake]
cooldown_seconds = 1 \\""" still
"""""
literal = '''
[plugins.other] = ''''
"quoted \\u00e9 key" = { inner.deep = [1, { x = 2, "y z" = [[], [{ q = 3 }]] }], last = 1979-05-27 07:32:00 }
list = [
  "a]", # ] in a comment
  'b = 2',
  { name = "c", more = { n = 1 } },
]
[plugins."my agent".env]
PATH = "/bin"
[plugins."my agent"]
executable = "x"
[[rules]]
name = "one"
[rules.when]
source = "summary"
[[rules]]
name = "two"
[rules.do]
plugin = "p"
[[rules.tests]]
ok = true
[[rules.tests]]
ok = false
`;

test("keys are found past comments, long strings, inline tables and lists of tables", () => {
  expectAllFound(tricky);
  expectAllFound(tricky.replaceAll("\n", "\r\n"));
  const place = nearestPlace(locateToml(tricky));
  const lineOf = (start: string) => tricky.split("\n").findIndex((line) => line.startsWith(start)) + 1;
  expect(place(["rules", 0, "when", "source"])).toEqual({ line: lineOf("source ="), column: 1 });
  expect(place(["rules", 1, "name"])).toEqual({ line: lineOf('name = "two"'), column: 1 });
  expect(place(["rules", 1, "tests", 1, "ok"])).toEqual({ line: lineOf("ok = false"), column: 1 });
  expect(place(["monitor", "list", 1])).toEqual({ line: lineOf("  'b = 2'"), column: 3 });
  expect(place(["plugins", "fake"])).toEqual(place(["plugins"]));
});

const name = fc.oneof(
  fc.constantFrom("a", "b", "monitor", "plugins", "x-1", "_", "1"),
  fc.string({ unit: "grapheme", maxLength: 6 }).filter((text) => text !== "__proto__"),
);
const text = fc.oneof(
  fc.constantFrom("[a]", 'x = "1"', "# no", "'''", '"""', "a\n[plugins.b]\nc = 1\n", "\\", "}", "],"),
  fc.string({ unit: "grapheme", maxLength: 12 }),
);
const { tree } = fc.letrec<{ tree: Record<string, unknown>; value: unknown }>((tie) => ({
  tree: fc.dictionary(name, tie("value"), { maxKeys: 4, depthIdentifier: "tree" }),
  value: fc.oneof(
    { depthSize: "small", depthIdentifier: "tree" },
    text,
    fc.integer(),
    fc.boolean(),
    fc.array(text, { maxLength: 3 }),
    fc.array(tie("tree"), { maxLength: 3, depthIdentifier: "tree" }),
    tie("tree"),
  ),
}));

test("whatever a TOML writer writes, each key is found where it stands", () => {
  fc.assert(
    fc.property(tree, (value) => expectAllFound(stringify(value))),
    { numRuns: 300 },
  );
});

/** TOML as people write it: every way of quoting, dotting and nesting the writer above does not use. */
const written = fc.letrec<{ key: string; value: string; entry: string }>((tie) => ({
  key: name.map((one) => {
    if (/^[A-Za-z0-9_-]+$/.test(one)) return one;
    return /^[^'\p{Cc}]*$/u.test(one) ? `'${one}'` : JSON.stringify(one).replaceAll("\u007f", "\\u007f");
  }),
  value: fc.oneof(
    { depthSize: "small", depthIdentifier: "value" },
    fc.constantFrom("1", "true", "1979-05-27T07:32:00Z", "07:32:00", "-0.5e3", "inf", "0xff"),
    text.map((one) => JSON.stringify(one).replaceAll("\u007f", "\\u007f")),
    text.filter((one) => !/'''|[^\P{Cc}\n\t]|'$/u.test(one)).map((one) => `'''\n${one}'''`),
    text.filter((one) => !/"""|\\|[^\P{Cc}\n\t]|"$/u.test(one)).map((one) => `"""${one}"""`),
    fc.array(tie("value"), { maxLength: 3, depthIdentifier: "value" }).map((all) => `[ # list\n ${all.join(" ,\n")} ]`),
    fc.array(tie("entry"), { maxLength: 3, depthIdentifier: "value" }).map((all) => `{ ${all.join(", ")} }`),
  ),
  entry: fc
    .tuple(fc.array(tie("key"), { minLength: 1, maxLength: 3 }), tie("value"))
    .map(([keys, value]) => `${keys.join(" . ")} = ${value}`),
}));
const block = fc
  .tuple(
    fc.constantFrom(["", ""], ["[", "]"], ["[[", "]]"]),
    fc.array(written.key, { minLength: 1, maxLength: 3 }),
    fc.array(written.entry, { maxLength: 3 }),
  )
  .map(([[open, close], keys, entries]) => [open && `${open} ${keys.join(".")} ${close} # end`, ...entries].join("\n"));

test("however people write TOML, each key is found where it stands", () => {
  let valid = 0;
  fc.assert(
    fc.property(fc.array(block, { maxLength: 5 }), (blocks) => {
      const source = blocks.join("\n\n");
      try {
        parse(source);
      } catch {
        return;
      }
      valid += 1;
      expectAllFound(source);
    }),
    { numRuns: 600 },
  );
  expect(valid).toBeGreaterThan(150);
});

test("an invalid text is walked to its end without a fault", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(written.entry, text, fc.constantFrom("[", "{", '"', "=", "\n")), { maxLength: 8 }),
      (parts) => {
        expect(locateToml(parts.join("")).size).toBeGreaterThanOrEqual(0);
      },
    ),
    { numRuns: 300 },
  );
});

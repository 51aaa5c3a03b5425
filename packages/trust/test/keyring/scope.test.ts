import * as fc from "fast-check";
import { expect, test } from "vitest";
import { isPluginId, isScope, scopeCovers } from "../../src/index.ts";

const covered: [string, string][] = [
  ["acme.x", "acme.x"],
  ["acme.*", "acme.x"],
  ["acme.*", "acme.x.y.z"],
  ["*", "acme"],
  ["*", "acme.x-y.z"],
  ["*.x", "acme.x"],
  ["*.x", "a.b.x"],
  ["acme.http-*", "acme.http-request"],
  ["acme.*.test", "acme.a.b.test"],
  ["a*a", "aa"],
  ["a*b*c", "abbc"],
];

test.each(covered)("%s covers %s", (glob, id) => {
  expect(scopeCovers([glob], id)).toBe(true);
  expect(scopeCovers(["nobody.x", glob], id)).toBe(true);
});

const not: [string, string][] = [
  ["acme.*", "acme"],
  ["acme.*", "acmeevil.x"],
  ["acme.*", "evil.acme.x"],
  ["acme.*", "ACME.x"],
  ["acme.*", "acme.X"],
  ["ACME.*", "acme.x"],
  ["acme.*", "acme."],
  ["acme.*", "acme.x\n"],
  ["acme.*", "acme.ẋ"],
  ["acme.*", "аcme.x"],
  ["*", "acme..x"],
  ["*", ""],
  ["*", "../x"],
  ["*", "*"],
  ["*", `a${"b".repeat(64)}`],
  ["acme.x", "acme.xy"],
  ["acme.x", "acmezx"],
  ["a*a", "a"],
  ["ab*ba", "aba"],
  ["a*b*b", "ab"],
  ["acme**", "acme.x"],
  ["", "acme"],
  ["[a-z]*", "acme"],
  ["acme.?", "acme.x"],
];

test.each(not)("%j does not cover %j", (glob, id) => {
  expect(scopeCovers([glob], id)).toBe(false);
});

test("a key without a scope covers nothing", () => {
  expect(scopeCovers([], "acme.x")).toBe(false);
});

test("a glob means the same as a pattern that goes back and forth, whatever it is", () => {
  const letters = fc.constantFrom("a", "b", ".", "*");
  fc.assert(
    fc.property(
      fc.string({ unit: letters, maxLength: 9 }),
      fc.string({ unit: fc.constantFrom("a", "b", ".") }),
      (glob, id) => {
        const pattern = new RegExp(`^${glob.replaceAll(".", "\\.").replaceAll("*", ".*")}$`);
        expect(scopeCovers([glob], id)).toBe(isScope(glob) && isPluginId(id) && pattern.test(id));
      },
    ),
    { numRuns: 3000 },
  );
});

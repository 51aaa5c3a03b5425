import * as fc from "fast-check";
import { expect, test } from "vitest";
import { jsonPlaces } from "../../src/keyring/json-places.ts";

test("each value has its line, each name its path", () => {
  const { lines } = jsonPlaces('{\n "a": [\n 1,\n {"b": null}],\n "c\\u0064": "x\\n"\n}');
  expect([...lines]).toEqual([
    ["", 1],
    ["a", 2],
    ["a[0]", 3],
    ["a[1]", 4],
    ["a[1].b", 4],
    ["cd", 5],
  ]);
});

test("a name that comes twice is found, however it is spelled, and only in one object", () => {
  expect(jsonPlaces('{"a": {"x": 1}, "b": {"x": 1}}').duplicate).toBeNull();
  expect(jsonPlaces('[{"a": {"x": 1, "\\u0078": 1}}]').duplicate).toBe("[0].a.x");
  expect(jsonPlaces('{"__proto__": 1, "__proto__": 2}').duplicate).toBe("__proto__");
});

test("what is JSON to it is JSON to JSON.parse, and nothing else", () => {
  const pieces = fc.constantFrom(
    ..."{ } [ ] , :".split(" "),
    '"a"',
    '"\\u00e9"',
    '"\\x"',
    "1",
    "-0.5e+3",
    "01",
    "+1",
    "1.",
    "true",
    "nul",
    " ",
    "\n",
    "\t",
    "\f",
    '"',
    "\\",
    '"\n"',
  );
  const text = fc.oneof(
    fc.array(pieces, { maxLength: 8 }).map((some) => some.join("")),
    fc.json(),
    fc.tuple(fc.json(), fc.nat(30), pieces).map(([json, at, piece]) => json.slice(0, at) + piece + json.slice(at + 1)),
  );
  fc.assert(
    fc.property(text, (json) => {
      expect(jsonPlaces(json).faultLine === null).toBe(parses(json));
    }),
    { numRuns: 5000 },
  );
});

test("neither many brackets nor a long text are trouble", () => {
  const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
  expect(jsonPlaces(deep).faultLine).toBeNull();
  expect(jsonPlaces(`${deep}\n]`).faultLine).toBe(2);
  const long = "x".repeat(7_000_000);
  expect(jsonPlaces(`"${long}"`).faultLine).toBeNull();
  expect(jsonPlaces(`\n"${long}`).faultLine).toBe(2);
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

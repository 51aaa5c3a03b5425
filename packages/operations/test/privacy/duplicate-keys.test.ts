import * as fc from "fast-check";
import { expect, test } from "vitest";
import { hasDuplicateKeys } from "../../src/privacy/duplicate-keys.ts";

const hasThem = (line: string) => hasDuplicateKeys(Buffer.from(line), JSON.parse(line) as object);

test("no line that was written from a value has duplicate keys, however it is spaced", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.constantFrom(0, 2), (value, spaces) => {
      expect(hasThem(JSON.stringify(value, null, spaces))).toBe(false);
    }),
    { numRuns: 1_000 },
  );
});

test("a key named twice is found at any depth, also when it is written in two ways", () => {
  expect(hasThem('{"a":1,"a":1}')).toBe(true);
  expect(hasThem(String.raw`{"list":[{"a":{"b":"\":","\u0062":[":"]}}]}`)).toBe(true);
  expect(hasThem('{"__proto__":1,"__proto__":{"a":1}}')).toBe(true);
  expect(hasThem(String.raw`{"a":"\\","b":":{\"c\":1}"}`)).toBe(false);
  expect(hasThem('{"__proto__":1,"é":{"__proto__":2}}')).toBe(false);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { SeqSet } from "../src/seq-set.ts";

test("a number is new exactly once, in whatever order numbers come", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(40), { maxLength: 80 }), (numbers) => {
      const [set, plain] = [new SeqSet(), new Set<number>()];
      for (const number of numbers) {
        expect(set.add(number)).toBe(!plain.has(number));
        plain.add(number);
      }
    }),
    { numRuns: 300 },
  );
});

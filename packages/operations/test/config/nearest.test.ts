import * as fc from "fast-check";
import { expect, test } from "vitest";
import { nearestName, typingSlips } from "../../src/config/nearest.ts";

test("slips are insertions, deletions, substitutions and swapped neighbours", () => {
  expect(typingSlips("", "abc")).toBe(3);
  expect(typingSlips("kitten", "sitting")).toBe(3);
  expect(typingSlips("prot", "port")).toBe(1);
  expect(typingSlips("ca", "abc")).toBe(3);
});

test("slips are symmetric, zero only for equal words, and one for a single slip", () => {
  const word = fc.string({ maxLength: 8 });
  fc.assert(
    fc.property(word, word, fc.nat(), (one, other, at) => {
      expect(typingSlips(one, other)).toBe(typingSlips(other, one));
      expect(typingSlips(one, other) === 0).toBe(one === other);
      expect(typingSlips(one, other)).toBeLessThanOrEqual(Math.max(one.length, other.length));
      const place = at % (one.length + 1);
      expect(typingSlips(one, `${one.slice(0, place)}!${one.slice(place)}`)).toBe(1);
    }),
    { numRuns: 300 },
  );
});

test("what is merely written otherwise is found, what is far off is not", () => {
  const names = ["cooldown_seconds", "port", "dashboard"];
  expect(nearestName("cooldown-seconds", names)).toBe("cooldown_seconds");
  expect(nearestName("COOLDOWN_SECONDS", names)).toBe("cooldown_seconds");
  expect(nearestName("ports", names)).toBe("port");
  expect(nearestName("pizza", names)).toBeUndefined();
  expect(nearestName("", names)).toBeUndefined();
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { foldTimeline } from "../../src/index.ts";
import { COLLECTOR, history } from "./histories.ts";
import { slowFold } from "./slow-fold.ts";

test("the fold says what the slow fold says, to the millisecond", () => {
  fc.assert(
    fc.property(history, ({ records, nowMs }) => {
      const { asked: _, ...expected } = slowFold(records, COLLECTOR, nowMs);
      expect(foldTimeline(records, { collectorId: COLLECTOR, nowMs })).toEqual(expected);
    }),
    { numRuns: 200 },
  );
});

import { manualClock } from "@mimolo/agent-sdk/testing";
import { expect, test } from "vitest";
import { FailureBucket } from "../../../src/api/guard/failure-bucket.ts";

test("ten failures pass, then one every six seconds, never more than ten at once", () => {
  const clock = manualClock();
  const bucket = new FailureBucket(clock);
  const passing = () => {
    let count = 0;
    while (bucket.note()) count += 1;
    return count;
  };
  expect(passing()).toBe(10);
  clock.advance(5_999);
  expect(passing()).toBe(0);
  clock.advance(1);
  expect(passing()).toBe(1);
  clock.advance(9_000);
  expect(passing()).toBe(1);
  clock.advance(3_000);
  expect(passing()).toBe(1);
  clock.advance(3_600_000);
  expect(passing()).toBe(10);
  expect(() => bucket.count()).toThrow(expect.objectContaining({ code: "too-many-requests" }));
});

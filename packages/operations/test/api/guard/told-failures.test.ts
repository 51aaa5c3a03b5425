import { manualClock } from "@mimolo/agent-sdk/testing";
import { expect, test } from "vitest";
import { ToldFailures } from "../../../src/api/guard/told-failures.ts";

test("the first failure is told at once, what follows once a minute, and nothing is left untold", () => {
  const clock = manualClock();
  const told: number[] = [];
  const failures = new ToldFailures(clock, (count) => void told.push(count));
  const note = (times: number) => {
    for (let count = 0; count < times; count += 1) failures.note();
  };
  note(1);
  expect(told).toEqual([1]);
  note(500);
  clock.advance(59_999);
  expect(told).toEqual([1]);
  clock.advance(1);
  expect(told).toEqual([1, 500]);
  clock.advance(60_000);
  note(1);
  expect(told).toEqual([1, 500, 1]);
  note(2);
  failures.close();
  clock.advance(600_000);
  expect(told).toEqual([1, 500, 1, 2]);
});

import { expect, test } from "vitest";
import { askedAgain, isDue, neverOverloaded, type Recovery, saysOverload } from "../../src/budgets/recovery.ts";

const MINUTE = 60_000;

/** The minutes after which it is asked, if it is looked at each minute. */
function asksOf(minutes: number, says: (minute: number, asks: number) => boolean): number[] {
  let recovery: Recovery = neverOverloaded;
  const asks: number[] = [];
  for (let minute = 0; minute <= minutes; minute++) {
    recovery = saysOverload(recovery, says(minute, asks.length), minute * MINUTE);
    if (!isDue(recovery, minute * MINUTE)) continue;
    asks.push(minute);
    recovery = askedAgain(recovery, minute * MINUTE);
  }
  return asks;
}

test("who stays in overload is asked after 5, 10, 20, 40 minutes and then every hour", () => {
  expect(asksOf(200, () => true)).toEqual([5, 15, 35, 75, 135, 195]);
});

test("who never is, or was only for a moment, is never asked", () => {
  expect(asksOf(600, () => false)).toEqual([]);
  expect(asksOf(600, (minute) => minute % 10 < 4)).toEqual([]);
});

test("who recovers and relapses waits longer each time", () => {
  // Well for two minutes after each time it was asked.
  let askedAt = -10;
  let seen = 0;
  const says = (minute: number, asks: number) => {
    if (asks > seen) [seen, askedAt] = [asks, minute];
    return minute - askedAt >= 2;
  };
  expect(asksOf(90, says)).toEqual([5, 18, 41, 84]);
});

test("an hour without overload, and the first wait is five minutes again", () => {
  const once = askedAgain(saysOverload(neverOverloaded, true, 0), 5 * MINUTE);
  const well = saysOverload(once, false, 6 * MINUTE);
  expect(saysOverload(well, true, 65 * MINUTE).waitMs).toBe(10 * MINUTE);
  expect(saysOverload(well, true, 66 * MINUTE).waitMs).toBe(5 * MINUTE);
});

test("saying the same again changes nothing", () => {
  const once = saysOverload(neverOverloaded, true, 0);
  expect(saysOverload(once, true, MINUTE)).toBe(once);
  expect(saysOverload(neverOverloaded, false, MINUTE)).toBe(neverOverloaded);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { TokenBucket } from "../src/token-bucket.ts";

test("whoever waits its debts out never gets more than the rate, one second's burst and the last chunk", () => {
  const moves = fc.array(fc.record({ take: fc.nat(5_000), idleMs: fc.nat(3_000) }), { maxLength: 60 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2_000 }), moves, (perSecond, steps) => {
      const bucket = new TokenBucket(perSecond, 0);
      let nowMs = 0;
      let taken = 0;
      for (const { take, idleMs } of steps) {
        bucket.take(take, nowMs);
        taken += take;
        const most = perSecond + (nowMs / 1_000) * perSecond + take;
        if (taken > most + 1e-6 * most) throw new Error(`${taken} by ${nowMs} ms, ${most} allowed`);
        nowMs += idleMs + bucket.debtMs(nowMs);
        if (bucket.debtMs(nowMs) > 1e-6) throw new Error("the debt was not paid off by then");
      }
    }),
    { numRuns: 500 },
  );
});

test("below the rate nothing is ever owed, and zero is no limit", () => {
  const bucket = new TokenBucket(100, 0);
  for (let nowMs = 0; nowMs < 60_000; nowMs += 10) {
    bucket.take(1, nowMs);
    expect(bucket.debtMs(nowMs)).toBe(0);
  }
  const open = new TokenBucket(0, 0);
  open.take(1_000_000, 0);
  expect(open.debtMs(0)).toBe(0);
});

test("what is given back was never taken, and no rest saves up more than a second", () => {
  const bucket = new TokenBucket(10, 0);
  bucket.take(15, 0);
  expect(bucket.debtMs(0)).toBe(500);
  bucket.giveBack(5);
  expect(bucket.debtMs(0)).toBe(0);
  bucket.take(20, 3_600_000);
  expect(bucket.debtMs(3_600_000)).toBe(1_000);
});

import { expect, test } from "vitest";
import { newMemoryWatch, watchMemory } from "../../src/budgets/memory-watch.ts";

function breaches(samples: readonly number[], limitMib = 64): boolean[] {
  let watch = newMemoryWatch;
  return samples.map((memoryMib) => {
    const next = watchMemory(watch, memoryMib, limitMib);
    watch = next.watch;
    return next.breach;
  });
}

test("two high samples are peaks, the third of five is a breach", () => {
  expect(breaches([65, 65, 65])).toEqual([false, false, true]);
  expect(breaches([65, 10, 65, 10, 65])).toEqual([false, false, false, false, true]);
});

test("high samples further apart are forgotten", () => {
  expect(breaches([65, 65, 10, 10, 10, 65, 65])).not.toContain(true);
});

test("at its limit it is not over it", () => {
  expect(breaches([64, 64, 64, 64, 64])).not.toContain(true);
});

import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { Progress, type Waiting } from "../../src/testing/conformance/progress.ts";
import { checkConformance, manualClock } from "../../src/testing/index.ts";

function toldBy(of: number) {
  const clock = manualClock();
  const told: (readonly [number, number, string, Waiting | null])[] = [];
  return { clock, told, progress: new Progress(of, (...now) => told.push(now), clock) };
}

const ACK = { for: "the ack of flush", up_to_ms: 10_000 };

test("what a scenario waits for is told once it is under way for three seconds, until it came", () => {
  const { clock, told, progress } = toldBy(2);
  const one = progress.begins("one");
  clock.advance(1000);
  one.waits(ACK);
  clock.advance(1999);
  expect(told).toEqual([[0, 2, "one", null]]);
  clock.advance(1);
  one.waits(null);
  expect(told.slice(1)).toEqual([
    [0, 2, "one", ACK],
    [0, 2, "one", null],
  ]);
  one.waits(ACK);
  clock.advance(499);
  expect(told.length).toBe(3);
  clock.advance(1);
  const other = progress.begins("other");
  one.ends();
  other.ends();
  expect(told.slice(3)).toEqual([
    [0, 2, "one", ACK],
    [0, 2, "one", ACK],
    [1, 2, "one", null],
    [1, 2, "one", null],
    [2, 2, "other", null],
  ]);
  expect(clock.pending).toBe(0);
});

test("of a check the total stays what it was, and its count only grows", async () => {
  const told: (readonly [number, number])[] = [];
  const agent = fileURLToPath(new URL("broken/plain.mjs", import.meta.url));
  const waits = new Set<string>();
  await checkConformance([process.execPath, agent], {
    only: ["JLP801", "JLP905", "JLP911"],
    onProgress: (done, of, scenario, waiting) => {
      told.push([done, of]);
      if (waiting !== null) waits.add(`${scenario}: ${waiting.for}`);
    },
  });
  expect(told[0]).toEqual([0, 4]);
  expect(told.at(-1)).toEqual([4, 4]);
  expect(new Set(told.map(([, of]) => of))).toEqual(new Set([4]));
  expect(told.map(([done]) => done)).toEqual(told.map(([done]) => done).toSorted((a, b) => a - b));
  expect([...waits]).toEqual(["nobody wants anything of it: time to pass"]);
}, 60_000);

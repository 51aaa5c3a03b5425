import type { OutgoingCommand } from "@mimolo/supervisor";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Outlet } from "../../src/requests/outlet.ts";
import { WaitingLine } from "../../src/requests/waiting-line.ts";

/** A pipe as the supervisor has it: it takes until it is full, then once whenever it is drained. */
function pipe() {
  const taken: unknown[] = [];
  const latest = new Map<string, () => OutgoingCommand>();
  const state = { isFull: false };
  const write = (command: OutgoingCommand) => taken.push(command["item"]);
  return {
    taken,
    state,
    sendLatest(key: string, command: () => OutgoingCommand) {
      if (state.isFull) latest.set(key, command);
      else write(command());
      return true;
    },
    /** Room for one more. */
    drain() {
      const [next] = latest;
      if (next === undefined) return;
      latest.delete(next[0]);
      write(next[1]());
    },
  };
}

const options = {
  key: "events",
  limits: { most: 4, mostBytes: 100 },
  commandOf: (item: number) => ({ cmd: "event", item }),
};

test("what a full pipe does not take waits in order, the oldest goes first when it is too much", async () => {
  const reader = pipe();
  const outlet = new Outlet(reader, options);
  expect(outlet.push(0, 1)).toBe(0);
  reader.state.isFull = true;
  expect([1, 2, 3, 4, 5, 6].map((item) => outlet.push(item, 1))).toEqual([0, 0, 0, 0, 1, 1]);
  expect(outlet.push(7, 90)).toBe(0 + 0 + 1);
  expect(outlet.push(8, 101)).toBe(1);
  for (let time = 0; time < 9; time += 1) {
    reader.drain();
    await Promise.resolve();
  }
  expect(reader.taken).toEqual([0, 4, 5, 6, 7]);
});

test("whatever is pushed and drained, nothing is said twice or out of order, and every loss is counted", async () => {
  const steps = fc.array(
    fc.oneof(
      fc.nat(60).map((bytes) => ({ bytes })),
      fc.constantFrom("fill" as const, "drain" as const),
    ),
  );
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const reader = pipe();
      const outlet = new Outlet(reader, options);
      let pushed = 0;
      let dropped = 0;
      for (const each of all) {
        if (each === "fill") reader.state.isFull = true;
        else if (each === "drain") reader.drain();
        else dropped += outlet.push((pushed += 1), each.bytes);
        await Promise.resolve();
        expect(outlet.length).toBeLessThanOrEqual(4);
        expect(outlet.bytes).toBeLessThanOrEqual(100);
      }
      const taken = reader.taken as number[];
      expect(taken).toEqual([...new Set(taken)].toSorted((one, other) => one - other));
      expect(taken.length + dropped + outlet.length).toBe(pushed);
    }),
    { numRuns: 200 },
  );
});

test("a long line moves on", () => {
  const line = new WaitingLine<number>({ most: 10_000, mostBytes: 1_000_000 });
  for (let item = 0; item < 1_000; item += 1) line.push(item, 1);
  const shifted = Array.from({ length: 500 }, () => line.shift());
  for (let item = 1_000; item < 1_100; item += 1) line.push(item, 1);
  while (line.length > 0) shifted.push(line.shift());
  expect(shifted).toEqual(Array.from({ length: 1_100 }, (_, item) => item));
  expect(line.shift()).toBeUndefined();
});

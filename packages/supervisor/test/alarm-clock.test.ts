import { manualClock } from "@mimolo/agent-sdk/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Alarm } from "../src/alarm.ts";

test("any number of alarms ring once, on time and in order, behind one timer of the clock", () => {
  const move = fc.oneof(
    fc.record({ what: fc.constant("set" as const), which: fc.nat(7), ms: fc.nat(500) }),
    fc.record({ what: fc.constantFrom("forget" as const, "end" as const), which: fc.nat(7), ms: fc.constant(0) }),
    fc.record({ what: fc.constant("wait" as const), which: fc.constant(0), ms: fc.nat(300) }),
  );
  fc.assert(
    fc.property(fc.array(move, { maxLength: 60 }), (moves) => {
      const clock = manualClock();
      const alarms = Array.from({ length: 8 }, () => new Alarm(clock));
      const due = new Map<number, number>();
      const ring = (which: number) => {
        const lateMs = clock.ticksMs() - (due.get(which) ?? Number.NaN);
        if (!(lateMs >= -1 && lateMs <= 1)) throw new Error(`alarm ${which} rang ${lateMs} ms late`);
        due.delete(which);
      };
      for (const { what, which, ms } of moves) {
        const alarm = alarms[which];
        if (what === "wait") clock.advance(ms);
        else if (what === "set") {
          due.set(which, clock.ticksMs() + ms);
          alarm?.set(ms, () => ring(which));
        } else {
          due.delete(which);
          alarm?.[what]();
        }
        if (clock.pending > 1) throw new Error(`${clock.pending} timers of the clock`);
        for (const [, atMs] of due) if (atMs < clock.ticksMs() - 1) throw new Error("an alarm was missed");
      }
      for (const alarm of alarms) alarm.end();
      expect(clock.pending).toBe(0);
    }),
    { numRuns: 1_000 },
  );
});

test("an alarm set for at once while another rings waits for the next turn", () => {
  const clock = manualClock();
  const [first, second] = [new Alarm(clock), new Alarm(clock)];
  const rang: string[] = [];
  first.set(10, () => {
    second.set(0, () => rang.push("second"));
    rang.push("first");
  });
  clock.advance(10);
  expect(rang).toEqual(["first", "second"]);
  expect(clock.pending).toBe(0);
});

test("one that throws takes none of the others with it", () => {
  const clock = manualClock();
  const alarms = Array.from({ length: 3 }, () => new Alarm(clock));
  const rang: number[] = [];
  for (const [i, alarm] of alarms.entries()) {
    alarm.set(10, () => {
      if (i === 1) throw new Error("a bug of an owner");
      rang.push(i);
    });
  }
  expect(() => clock.advance(10)).toThrow("a bug of an owner");
  clock.advance(1);
  expect(rang).toEqual([0, 2]);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { type CallEvent, type PendingCall, step } from "../../src/calls/pending-calls.ts";

const call = (id: string, dueMs: number): PendingCall => ({ id, name: "aggregate.filter", dueMs });

test("a call is settled by its answer, and an answer nobody waits for changes nothing", () => {
  const outcome = { ok: true, data: 1 } as const;
  const { pending } = step([], { type: "asked", call: call("a", 5) });
  expect(step(pending, { type: "answered", id: "b", outcome })).toEqual({ pending, settled: [] });
  expect(step(pending, { type: "answered", id: "a", outcome })).toEqual({
    pending: [],
    settled: [{ id: "a", outcome }],
  });
});

test("time settles only those that are due, the agent's end all", () => {
  const pending = [call("a", 5), call("b", 6)];
  const late = step(pending, { type: "time-passed", nowMs: 5 });
  expect(late.pending).toEqual([call("b", 6)]);
  expect(late.settled).toMatchObject([{ id: "a", outcome: { ok: false, code: "timed-out" } }]);
  expect(step(pending, { type: "ended" }).settled).toMatchObject([
    { id: "a", outcome: { code: "ended" } },
    { id: "b", outcome: { code: "ended" } },
  ]);
});

const ids = fc.constantFrom("a", "b", "c", "d");
const events: fc.Arbitrary<CallEvent> = fc.oneof(
  fc.record({ type: fc.constant("answered" as const), id: ids, outcome: fc.constant({ ok: true, data: 1 } as const) }),
  fc.record({ type: fc.constant("time-passed" as const), nowMs: fc.nat(20) }),
  fc.constant({ type: "ended" } as const),
);

test("whatever happens, every call is settled once and only once", () => {
  fc.assert(
    fc.property(fc.array(events, { maxLength: 30 }), (happened) => {
      let pending: readonly PendingCall[] = ["a", "b", "c", "d"].map((id, index) => call(id, index * 5));
      const settled: string[] = [];
      for (const event of [...happened, { type: "ended" } as const]) {
        const next = step(pending, event);
        pending = next.pending;
        settled.push(...next.settled.map(({ id }) => id));
      }
      expect(settled.toSorted()).toEqual(["a", "b", "c", "d"]);
    }),
    { numRuns: 300 },
  );
});

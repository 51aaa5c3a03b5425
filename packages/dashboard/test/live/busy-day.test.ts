import type { ControlEvent } from "@mimolo/protocol";
import { expect, test } from "vitest";
import { step } from "../../src/page/live/step.ts";
import { at, play, running, says, segment, told } from "./told.ts";

const record = (seq: number): ControlEvent => ({
  type: "evidence:committed",
  at: at("12:00"),
  seq,
  record: {
    seq,
    kind: "gap",
    received_at: at("12:00"),
    data: { from: at("11:00"), to: at("11:01"), reason: "asleep" },
  } as never,
});

test("a day of 50,000 records in small batches: bounded, in order, and quick", () => {
  let state = running();
  const startedAtMs = performance.now();
  for (let seq = 11; seq <= 50_010; seq += 10) {
    const batch = Array.from({ length: 10 }, (_, index) => record(seq + index));
    state = step(state, says(...batch, told("segment:extended", seq + 9, segment(1, "09:00", "10:00")))).state;
  }
  const tookMs = performance.now() - startedAtMs;
  expect(state.records).toHaveLength(500);
  expect(state.records.map(({ seq }) => seq)).toEqual(Array.from({ length: 500 }, (_, index) => 49_511 + index));
  expect(state).toMatchObject({ seq: 50_010, open: { id: "c:1" }, changes: { evidence: 5_000 } });
  // Ten records in a frame of 16 ms have to leave the rest of it to what is drawn; this machine may be busy.
  expect(tookMs / 5_000).toBeLessThan(2);
});

test("a whole day at once, as after a long sleep, is taken in as one", () => {
  const { state } = play([says(...Array.from({ length: 50_000 }, (_, index) => record(index + 11)))], running());
  expect(state.records.at(-1)?.seq).toBe(50_010);
  expect(state.records).toHaveLength(500);
  expect(state.changes.evidence).toBe(1);
});

test("more short segments than one can look at: the newest 2,000 stay", () => {
  let state = running();
  for (let id = 1; id <= 2_100; id += 1)
    state = step(state, says(told("segment:closed", 10 + id, segment(id, "09:00", "09:01")))).state;
  expect(state.segments).toHaveLength(2_000);
  expect(state.segments.at(-1)?.id).toBe("c:2100");
});

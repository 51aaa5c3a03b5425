import type { ControlEvent } from "@mimolo/protocol";
import { expect, test } from "vitest";
import type { LiveState } from "../../src/page/live/state.ts";
import { step } from "../../src/page/live/step.ts";
import { NOON, play, running, says, segment } from "./told.ts";

const LABELS = ["folder-activity", "git-activity", "idle", "system-load", "mail"];
const HOUR_S = 3_600;

/** What the collector tells at once, every ten seconds of a busy day, `second` seconds after noon. */
function toldAt(second: number): ControlEvent[] {
  const at = new Date(NOON + second * 1_000).toISOString();
  const seq = 11 + second * 2;
  const label = LABELS[(second / 10) % LABELS.length] ?? "";
  const record = { seq, kind: "message", received_at: at, agent_label: label, message: { type: "summary" } };
  const number = Math.floor(second / 120);
  const start = new Date(NOON + number * 120_000).toISOString();
  const work = { ...segment(number, "12:00", "12:01"), start, end: at };
  const isLast = second % 120 === 110;
  const events = [
    { type: "agent:heartbeat", at, label, metrics: { cpu: second % 7, mem: 40 } },
    { type: "evidence:committed", at, seq, record },
    { type: "log", at, line: { at, level: "info", label, message: `line ${second}` } },
    { type: "widget:frame", at, label },
    {
      type: isLast ? "segment:closed" : second % 120 === 0 ? "segment:opened" : "segment:extended",
      at,
      seq: seq + 1,
      ...work,
    },
    ...(second % 60 === 0
      ? [{ type: "agent:state", at, label, state: "running", previous: "ready", health: "ok", condition: "free" }]
      : []),
  ];
  return events as unknown as ControlEvent[];
}

const sizeOf = (state: LiveState) => JSON.stringify(state).length;

test("a page left open for three busy days holds no more than after one, a break every hour included", {
  timeout: 60_000,
}, () => {
  let state = play([{ type: "wanted", extra: ["evidence:*", "log"] }], running()).state;
  const sizes: number[] = [];
  for (let hour = 0; hour < 80; hour += 1) {
    for (let second = hour * HOUR_S; second < (hour + 1) * HOUR_S; second += 60) {
      const told = Array.from({ length: 6 }, (_, more) => toldAt(second + more * 10)).flat();
      state = step(state, says(...told)).state;
    }
    state = play(
      [
        { type: "socket-closed", atMs: NOON, code: 1006, reason: "" },
        { type: "timer", timer: "retry" },
        { type: "socket-opened" },
        says({ type: "resumed", at: "2026-11-21T12:00:00Z", through: state.seq, segments_from: null }),
      ],
      state,
    ).state;
    sizes.push(sizeOf(state));
  }
  expect(state.segments).toHaveLength(2_000);
  expect(Object.values(state.beats).map((beats) => beats.length)).toEqual(LABELS.map(() => 60));
  expect([state.records.length, state.log.length]).toEqual([500, 500]);
  const [full = 0, end = 0] = [sizes[70], sizes.at(-1)];
  expect(end / full).toBeLessThan(1.02);
  expect(end).toBeLessThan(1_000_000);
});

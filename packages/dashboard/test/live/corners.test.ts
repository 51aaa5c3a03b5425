import type { ControlEvent } from "@mimolo/protocol";
import { expect, test } from "vitest";
import type { LiveEvent } from "../../src/page/live/state.ts";
import { at, NOON, play, running, says, segment, subscribed, told } from "./told.ts";

const closed: LiveEvent = { type: "socket-closed", atMs: NOON, code: 1006, reason: "" };
const again: readonly LiveEvent[] = [closed, { type: "timer", timer: "retry" }, { type: "socket-opened" }];
const revised = (seq: number, of: ReturnType<typeof segment>, ...replaces: string[]): ControlEvent => ({
  type: "segment:revised",
  at: of.end,
  seq,
  ...of,
  replaces,
});

test("a connection that ends twice is tried again once", () => {
  const { state } = play([closed], running());
  expect(play([{ ...closed, atMs: NOON + 100 }], state)).toEqual({ state, asked: [] });
});

test("figures are asked for only while it is connected", () => {
  const timer: LiveEvent = { type: "timer", timer: "status" };
  expect(play([timer], running()).asked).toEqual([{ do: "read-status" }]);
  expect(play([timer], play([closed], running()).state).asked).toEqual([]);
});

test("segments that are there are not read again after a break", () => {
  const { asked } = play([...again, says(subscribed(12))], running([segment(1, "09:00", "10:00")]));
  expect(asked.at(-1)).toEqual({ do: "read-status" });
});

test("who is cut off while it makes up for what was missed holds nothing of that", () => {
  const { state } = play([...again, says(told("segment:closed", 11, segment(1, "09:00", "10:00")))], running());
  expect(state.resuming).toEqual(["c:1"]);
  expect(play([closed], state).state.resuming).toBeNull();
});

test("of a collector without a record there is nothing to resume", () => {
  const { asked } = play(again, running([], null, 0));
  const [subscribe] = asked.filter((effect) => effect.do === "subscribe");
  expect(subscribe).not.toHaveProperty("resume");
});

test("what nobody wants to hear any more is let go", () => {
  const line = { at: at("12:00"), level: "info", label: "work", message: "hello" } as never;
  const record = { seq: 11, kind: "gap", received_at: at("12:00"), data: {} } as never;
  const { state } = play(
    [
      { type: "wanted", extra: ["log", "evidence:*"] },
      says({ type: "log", at: at("12:00"), line } as never, {
        type: "evidence:committed",
        at: at("12:00"),
        seq: 11,
        record,
      }),
    ],
    running(),
  );
  expect([state.log.length, state.records.length]).toEqual([1, 1]);
  const quiet = play([{ type: "wanted", extra: [] }], state).state;
  expect([quiet.log, quiet.records]).toEqual([[], []]);
});

test("a segment that is open stays open when it is revised; one that was closed stays closed", () => {
  const held = running([segment(1, "08:00", "09:00")], segment(2, "11:00", "11:30"));
  const { state } = play(
    [says(revised(11, segment(2, "10:50", "11:30")), revised(12, segment(1, "08:00", "08:30")))],
    held,
  );
  expect(state.open).toMatchObject({ id: "c:2", start: at("10:50") });
  expect(state.segments).toMatchObject([{ id: "c:1", end: at("08:30") }]);
  const joined = play([says(revised(13, segment(3, "08:00", "11:30"), "c:1", "c:2"))], state).state;
  expect(joined).toMatchObject({ segments: [], open: { id: "c:3" } });
});

test("work of long ago that is told late is not of the time that is held", () => {
  const old = { ...segment(1, "09:00", "10:00"), start: "2026-11-18T09:00:00.000Z", end: "2026-11-18T10:00:00.000Z" };
  expect(play([says(told("segment:closed", 11, old))], running()).state).toMatchObject({ segments: [], seq: 11 });
});

test("when another segment opens, the one before is one of those that were", () => {
  const { state } = play(
    [says(told("segment:opened", 11, segment(2, "11:00", "11:05")))],
    running([], segment(1, "09:00", "10:00")),
  );
  expect(state).toMatchObject({ segments: [{ id: "c:1" }], open: { id: "c:2" } });
});

test("a segment that ends where what was missed begins was told anew, or is no more", () => {
  const held = running([segment(1, "08:00", "09:00"), segment(2, "09:10", "10:00")]);
  const { state } = play(
    [...again, says({ type: "resumed", at: at("12:00"), through: 20, segments_from: at("10:00") })],
    held,
  );
  expect(state.segments.map(({ id }) => id)).toEqual(["c:1"]);
});

test("what was shed is summed up, and the agents are looked at anew", () => {
  const shed = (count: number) => says({ type: "shed", at: at("12:00"), dropped: { "agent:state": count, log: 1 } });
  const { state, asked } = play([shed(3), shed(4)], running());
  expect(state.shed).toBe(9);
  expect(asked).toContainEqual({ do: "set-timer", timer: "status", delayMs: 250 });
});

test("a plugin that comes or goes changes plugins and agents", () => {
  const event = { type: "plugin:activated", at: at("12:00"), plugin_id: "acme.files", label: "files" } as never;
  const { state, asked } = play([says(event)], running());
  expect(state.changes.plugins).toBe(1);
  expect(asked).toEqual([{ do: "set-timer", timer: "status", delayMs: 250 }]);
});

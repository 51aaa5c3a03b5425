import type { ControlEvent } from "@mimolo/protocol";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { LiveEvent } from "../../src/page/live/state.ts";
import { step } from "../../src/page/live/step.ts";
import { agent, at, NOON, play, running, says, segment, status, subscribed, told } from "./told.ts";

const closed = (code = 1006, reason = ""): LiveEvent => ({ type: "socket-closed", atMs: NOON, code, reason });

test("without a token it asks for one, and does not connect", () => {
  const { state, asked } = play([{ type: "started", atMs: NOON, hasToken: false }]);
  expect(state.connection).toEqual({ name: "signed-out", why: null });
  expect(asked).toEqual([]);
});

test("it connects, subscribes, and reads the snapshot only once it is subscribed", () => {
  const { state, asked } = play([
    { type: "started", atMs: NOON, hasToken: true },
    { type: "socket-opened" },
    says(subscribed(10)),
  ]);
  expect(state).toMatchObject({ connection: { name: "open" }, seq: 10 });
  expect(asked.map((effect) => effect.do)).toEqual(["connect", "subscribe", "read-status", "read-timeline"]);
});

test("after a break it resumes after the last record that it heard of, and keeps what it shows meanwhile", () => {
  const held = running([segment(1, "09:00", "10:00")], segment(2, "11:00", "11:30"));
  const { state, asked } = play([says(told("segment:extended", 15, segment(2, "11:00", "11:45"))), closed()], held);
  expect(state.segments).toHaveLength(1);
  expect(state.open?.end).toBe(at("11:45"));
  expect(asked.at(-1)).toEqual({ do: "set-timer", timer: "retry", delayMs: 250 });
  const again = play([{ type: "timer", timer: "retry" }, { type: "socket-opened" }], state);
  expect(again.asked).toMatchObject([{ do: "connect" }, { do: "subscribe", resume: 15 }]);
});

test("what was missed comes before the word that it is all: other segments of that time are forgotten", () => {
  const held = play(
    [closed(), { type: "timer", timer: "retry" }, { type: "socket-opened" }],
    running([segment(1, "08:00", "09:00"), segment(2, "10:00", "10:20")], segment(3, "11:00", "11:30")),
  ).state;
  const { state } = play(
    [
      says(subscribed(20)),
      says(
        told("segment:closed", 20, segment(2, "10:00", "11:30")),
        told("segment:opened", 20, segment(9, "11:50", "11:55")),
      ),
      says({ type: "resumed", at: at("12:00"), through: 20, segments_from: at("10:00") }),
    ],
    held,
  );
  expect(state.segments.map(({ id, end }) => [id, end])).toEqual([
    ["c:1", at("09:00")],
    ["c:2", at("11:30")],
  ]);
  expect(state).toMatchObject({ open: { id: "c:9" }, seq: 20, resuming: null });
});

test("cut off in the midst of what was missed, it asks for the same again", () => {
  const held = running([], null, 10);
  const { asked } = play(
    [
      closed(),
      { type: "timer", timer: "retry" },
      { type: "socket-opened" },
      says(subscribed(5_000)),
      closed(),
      { type: "timer", timer: "retry" },
      { type: "socket-opened" },
    ],
    held,
  );
  expect(asked.at(-1)).toMatchObject({ do: "subscribe", resume: 10 });
});

test("another collector in the same place: everything is forgotten and read anew", () => {
  const held = running([segment(1, "09:00", "10:00")]);
  const refusal = {
    type: "error",
    at: at("12:00"),
    code: "invalid-parameter",
    detail: "resume: there is no record 10",
  } as const;
  const { state, asked } = play(
    [
      closed(),
      { type: "timer", timer: "retry" },
      { type: "socket-opened" },
      says(refusal),
      closed(1008, "invalid-parameter: resume"),
      { type: "timer", timer: "retry" },
      { type: "socket-opened" },
      says(subscribed(3)),
    ],
    held,
  );
  expect(state).toMatchObject({ segments: [], seq: 3, changes: { anew: 1 } });
  expect(asked.filter((effect) => effect.do === "subscribe")).toMatchObject([{ resume: 10 }, {}]);
  expect(asked.at(-1)).toMatchObject({ do: "read-timeline" });
});

test("it tries again ever more slowly, at most every 8 s, and at once when it is hurried", () => {
  let state = running();
  const delays: number[] = [];
  for (let tries = 0; tries < 8; tries += 1) {
    const waited = step(state, closed());
    for (const effect of waited.effects) if (effect.do === "set-timer") delays.push(effect.delayMs);
    state = step(waited.state, { type: "timer", timer: "retry" }).state;
  }
  expect(delays).toEqual([250, 500, 1000, 2000, 4000, 8000, 8000, 8000]);
  const hurried = step(step(state, closed()).state, { type: "hurried" });
  expect(hurried.effects).toEqual([{ do: "clear-timers" }, { do: "connect" }]);
});

test("a token that holds no longer signs out, and nothing of what was shown stays", () => {
  const refusal = {
    type: "error",
    at: at("12:00"),
    code: "unauthorized",
    detail: "the token is not a valid one",
  } as const;
  const { state, asked } = play([says(refusal)], running([segment(1, "09:00", "10:00")]));
  expect(state).toMatchObject({ connection: { name: "signed-out" }, segments: [], agents: null, collector: null });
  expect(asked.map((effect) => effect.do)).toEqual(["clear-timers", "disconnect", "forget-token"]);
});

test("who wants to hear more is subscribed anew from where it stands, so that no segment is lost between", () => {
  const { asked } = play([{ type: "wanted", extra: ["log"] }], running());
  expect(asked).toMatchObject([
    { do: "subscribe", resume: 10, subscribe: expect.arrayContaining(["log", "segment:*"]) },
  ]);
});

test("a change of an agent shows at once, and its figures are read soon after", () => {
  const change: ControlEvent = {
    type: "agent:state",
    at: at("12:00"),
    label: "work",
    state: "stopped",
    previous: "running",
    health: "ok",
    condition: "free",
    cause: "asked",
  };
  const { state, asked } = play([says(change)], running());
  expect(state.agents).toMatchObject([{ label: "work", state: "stopped" }]);
  expect(asked).toEqual([{ do: "set-timer", timer: "status", delayMs: 250 }]);
  const read = play(
    [{ type: "status-read", status: status(agent("work", { state: "stopped" }), agent("new")) }],
    state,
  );
  expect(read.state.agents).toHaveLength(2);
  expect(read.asked).toEqual([{ do: "set-timer", timer: "status", delayMs: 5_000 }]);
});

test("whatever happens in whatever order: nothing is thrown, what is held is bounded, segments stay in order and once", () => {
  const times = fc.integer({ min: 0, max: 59 }).map((minute) => `10:${String(minute).padStart(2, "0")}`);
  const segments = fc.tuple(fc.integer({ min: 1, max: 9 }), times).map(([id, from]) => segment(id, from, "11:30"));
  const messages = fc.oneof(
    fc
      .tuple(fc.constantFrom("segment:opened", "segment:extended", "segment:closed"), fc.nat(50), segments)
      .map(([type, seq, of]) => told(type, seq, of)),
    fc.tuple(fc.nat(50), segments, segments).map(
      ([seq, of, gone]): ControlEvent => ({
        type: "segment:revised",
        at: of.end,
        seq,
        ...of,
        replaces: [gone.id],
      }),
    ),
    times.map((from) => ({ type: "resumed", at: at("12:00"), through: 5, segments_from: at(from) }) as const),
    fc.nat(50).map(subscribed),
    fc.constant({ type: "error", at: at("12:00"), code: "invalid-parameter", detail: "no" } as const),
  );
  const events = fc.oneof<fc.Arbitrary<LiveEvent>[]>(
    fc.array(messages, { maxLength: 5 }).map((list) => says(...list)),
    fc.constantFrom<LiveEvent>(
      { type: "started", atMs: NOON, hasToken: true },
      { type: "signed-in" },
      { type: "signed-out", why: null },
      { type: "socket-opened" },
      closed(),
      closed(1008, "unauthorized: no"),
      { type: "timer", timer: "retry" },
      { type: "timer", timer: "status" },
      { type: "hurried" },
      { type: "status-read", status: status(agent("work")) },
    ),
  );
  fc.assert(
    fc.property(fc.array(events, { maxLength: 40 }), (list) => {
      const { state } = play(list);
      const ids = [...state.segments, ...(state.open === null ? [] : [state.open])].map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      const starts = state.segments.map(({ start }) => start);
      expect(starts).toEqual(starts.toSorted());
    }),
    { numRuns: 300 },
  );
});

test("of an agent that is gone nothing is held any more", () => {
  const beat = (label: string) => ({ type: "agent:heartbeat" as const, at: at("12:00"), label, metrics: {} });
  const frame = (label: string) => ({ type: "widget:frame" as const, at: at("12:00"), label });
  const both: LiveEvent = { type: "status-read", status: status(agent("work"), agent("gone")) };
  const messages = ["work", "gone"].flatMap((label) => [beat(label), frame(label)]) as never;
  const before = play([both, says(...(messages as [])), both], running()).state;
  expect([Object.keys(before.beats), before.frames]).toEqual([["work", "gone"], { work: 1, gone: 1 }]);
  const { state } = play([{ type: "status-read", status: status(agent("work")) }], before);
  expect([state.beats, state.frames]).toEqual([{ work: before.beats["work"] }, { work: 1 }]);
  const again = play([{ type: "status-read", status: status(agent("work")) }], state).state;
  expect([again.beats === state.beats, again.frames === state.frames]).toEqual([true, true]);
});

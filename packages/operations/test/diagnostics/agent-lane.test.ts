import { manualClock } from "@mimolo/agent-sdk/testing";
import type { LogLine } from "@mimolo/protocol";
import { expect, test } from "vitest";
import { AgentLane, LOG_LIMITS, LOG_RING_BYTES, LOG_RING_LINES } from "../../src/diagnostics/agent-lane.ts";
import { entry } from "../../src/diagnostics/entry.ts";

const about = { label: "work", instance_id: "i", run_id: "r" };

function laneOn(clock = manualClock()) {
  const written: LogLine[] = [];
  const closed = new AbortController();
  const lane = new AgentLane({ clock, closed: closed.signal, write: (line) => written.push(line) });
  const say = (type: string, message: string) => lane.take(entry(about, clock.wallMs(), { type, message }));
  return { clock, lane, say, written, messages: () => written.map(({ message }) => message) };
}

test("what an agent says at its leisure is written at once, in order", () => {
  const { say, messages } = laneOn();
  say("log", "one");
  say("error", "two");
  say("log", "three");
  expect(messages()).toEqual(["one", "two", "three"]);
});

test("of too many log lines the newest are kept and the others counted", () => {
  const { clock, lane, say, messages } = laneOn();
  for (let n = 1; n <= 1000; n++) say("log", `log ${n}`);
  expect(messages()).toHaveLength(LOG_LIMITS.lines);
  expect(lane.droppedLogs).toBe(1000 - LOG_LIMITS.lines - LOG_RING_LINES);
  clock.advance(5_000);
  expect(messages().at(-1)).toBe("log 1000");
  expect(messages()).toHaveLength(LOG_LIMITS.lines + LOG_RING_LINES);
});

test("long log lines wait in a place of bounded size, counted in bytes", () => {
  const { clock, lane, say, written } = laneOn();
  const long = "日".repeat(8_000);
  for (let n = 1; n <= 100; n++) say("log", `${long}${n}`);
  const atOnce = Math.floor(LOG_LIMITS.bytes / 24_003);
  const waiting = Math.floor(LOG_RING_BYTES / 24_003);
  expect(written).toHaveLength(atOnce);
  expect(lane.droppedLogs).toBe(100 - atOnce - waiting);
  clock.advance(60_000);
  expect(written).toHaveLength(atOnce + waiting);
  expect(written.at(-1)?.message).toBe(`${long}100`);
});

test("a thousand bad lines a second become some fifty a second and a count of the rest", () => {
  const { clock, say, written } = laneOn();
  for (let second = 0; second < 60; second++) {
    for (let n = 0; n < 1000; n++) say("refused", "refused: not JSON");
    clock.advance(1_000);
  }
  clock.advance(20_000);
  expect(written.length).toBeLessThan(60 * 60);
  const told = written.filter(({ code }) => code === "lines-left-out");
  expect(told.length).toBeLessThanOrEqual(8);
  const leftOut = told.reduce((sum, { message }) => sum + Number.parseInt(message, 10), 0);
  expect(leftOut + written.length - told.length).toBe(60_000);
});

test("a flood of log lines leaves errors and changes of state alone", () => {
  const { say, messages } = laneOn();
  for (let n = 0; n < 1000; n++) say("log", "noise");
  say("error", "the disk is gone");
  say("agent_state", "running, degraded, free: silent");
  expect(messages().slice(-2)).toEqual(["the disk is gone", "running, degraded, free: silent"]);
});

test("at the end what waits is written, and what was left out is told", () => {
  const { lane, say, messages } = laneOn();
  for (let n = 0; n < 300; n++) say("stderr", "x");
  for (let n = 0; n < 210; n++) say("log", `log ${n}`);
  lane.drain();
  expect(messages().at(-2)).toBe("log 209");
  expect(messages().at(-1)).toBe("100 more lines were left out here: 100 stderr");
});

import { expect, test } from "vitest";
import { ReadingShare, ReadingTurns } from "../src/reading-turns.ts";
import { paperAgent } from "./paper-agent.ts";

function handTurned(more: { bytes?: number; ms?: number } = {}) {
  const callbacks: (() => void)[] = [];
  const turns = new ReadingTurns({ ...more, nextTurn: (run) => void callbacks.push(run) });
  const turn = () => {
    for (const run of callbacks.splice(0)) run();
  };
  return { turns, callbacks, turn };
}

test("an agent has had its turn after 64 KiB, or 2 ms", () => {
  const { turns } = handTurned();
  const byBytes = new ReadingShare(turns);
  expect(byBytes.used(65_535, 0)).toBe(false);
  expect(byBytes.used(1, 0)).toBe(true);
  const byTime = new ReadingShare(turns);
  expect(byTime.used(10, 1.9)).toBe(false);
  expect(byTime.used(10, 0.2)).toBe(true);
});

test("all who wait go on in the next turn, by one callback, each with a fresh share", () => {
  const { turns, callbacks, turn } = handTurned({ bytes: 10 });
  const went: number[] = [];
  const shares = Array.from({ length: 5 }, () => new ReadingShare(turns));
  for (const [i, share] of shares.entries()) {
    if (share.used(10, 0)) share.atNextTurn(() => void went.push(i));
  }
  expect(callbacks).toHaveLength(1);
  turn();
  expect(went).toEqual([0, 1, 2, 3, 4]);
  expect(shares[0]?.used(9, 0)).toBe(false);
});

test("a pipe that poured in its share rests until the next turn, and that is nothing to be shown", () => {
  const { turns, turn } = handTurned({ bytes: 200 });
  const { agent, processes, received } = paperAgent({ turns });
  agent.start();
  const child = processes.last;
  child.shakeHands();
  expect(child.paused).toBe(false);
  child.say({ type: "heartbeat" }, { type: "heartbeat" }, { type: "heartbeat" });
  expect(child.paused).toBe(true);
  expect(agent.snapshot).toMatchObject({ condition: "free", counters: { paused_ms: 0 } });
  turn();
  expect(child.paused).toBe(false);
  expect(received).toHaveLength(4);
});

test("a turn that comes round does not open a pipe that somebody else keeps shut", () => {
  const { turns, turn } = handTurned({ bytes: 1 });
  const { agent, processes } = paperAgent({ turns });
  agent.start();
  processes.last.shakeHands();
  agent.pause("evidence-lane");
  turn();
  expect(processes.last.paused).toBe(true);
  agent.resume("evidence-lane");
  expect(processes.last.paused).toBe(false);
});

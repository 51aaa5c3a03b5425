import { expect, test } from "vitest";
import { ReadingShare, ReadingTurns } from "../src/reading-turns.ts";
import { paperAgent } from "./paper-agent.ts";

function handTurned(more: { bytes?: number; ms?: number; turnMs?: number } = {}) {
  const callbacks: (() => void)[] = [];
  const turns = new ReadingTurns({ ...more, nextTurn: (run) => void callbacks.push(run), afterThis: (run) => run() });
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
    if (share.used(10, 0)) share.goOn(() => went.push(i) > 0, false);
  }
  expect(callbacks).toHaveLength(1);
  turn();
  expect(went).toEqual([0, 1, 2, 3, 4]);
  expect(shares[0]?.used(9, 0)).toBe(false);
});

test("those in line take a bounded part of a turn; the rest of them come in the next, in order", () => {
  const { turns, callbacks, turn } = handTurned({ bytes: 10, turnMs: 20 });
  const went: number[] = [];
  const shares = Array.from({ length: 6 }, () => new ReadingShare(turns));
  const pour = (i: number) => {
    // Each chunk takes 7 ms to read, and there is always another one.
    if (shares[i]?.used(10, 7)) shares[i]?.goOn(() => (went.push(i), pour(i)), false);
    return true;
  };
  for (const i of shares.keys()) pour(i);
  turn();
  expect(went).toEqual([0, 1, 2]);
  expect(callbacks).toHaveLength(1);
  turn();
  turn();
  expect(went).toEqual([0, 1, 2, 3, 4, 5, 0, 1, 2]);
});

test("pipes opened with nothing in them yet count for a share each, and who comes back waits for the next turn", () => {
  const { turns, turn } = handTurned({ bytes: 10, ms: 2, turnMs: 20 });
  const went: number[] = [];
  for (let i = 0; i < 25; i++) turns.wait(() => void went.push(i));
  turn();
  expect(went).toHaveLength(10);
  turn();
  turn();
  turns.wait(() => turns.wait(() => void went.push(-1)));
  turn();
  expect(went).toEqual(Array.from({ length: 25 }, (_, i) => i));
  turn();
  expect(went.at(-1)).toBe(-1);
});

test("a process that died is heard to its end before those who wait", () => {
  const { turns, turn } = handTurned({ bytes: 1, turnMs: 0.1 });
  const { agent, processes } = paperAgent({ turns });
  agent.start();
  const child = processes.last;
  const waited: string[] = [];
  child.say({ type: "heartbeat" });
  turns.wait(() => void waited.push("other"), true);
  expect(child.paused).toBe(true);
  child.exitButHoldOutput(1);
  turn();
  expect(child.paused).toBe(false);
  expect(waited).toEqual([]);
});

test("those held by one limit and let go at once go on a few a turn", () => {
  const { turns, turn } = handTurned({ ms: 2, turnMs: 20 });
  const went: number[] = [];
  const shares = Array.from({ length: 25 }, () => new ReadingShare(turns));
  for (const [i, share] of shares.entries()) share.goOn(() => went.push(i) > 0, false);
  expect(went).toHaveLength(10);
  turn();
  expect(went).toHaveLength(20);
  turn();
  expect(went).toEqual([...shares.keys()]);
});

test("in a turn that is used up, whoever pours waits, but never who only beats", () => {
  const { turns } = handTurned({ ms: 2, turnMs: 10 });
  for (let i = 0; i < 7; i++) expect(new ReadingShare(turns).used(16_384, 1.4)).toBe(false);
  expect(new ReadingShare(turns).used(16_384, 1.4)).toBe(true);
  expect(new ReadingShare(turns).used(200, 0.1)).toBe(false);
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
  // Many whom one limit held do not go on all at once.
  expect(processes.last.paused).toBe(true);
  turn();
  expect(processes.last.paused).toBe(false);
});

import { manualClock } from "@mimolo/agent-sdk/testing";
import { expect, test } from "vitest";
import { SpawnGate, type SpawnTicket } from "../src/spawn-gate.ts";
import { paperAgent } from "./paper-agent.ts";

function gate(options: { concurrent?: number; restartsPerSecond?: number } = {}, spawnTakesMs = 0) {
  const clock = manualClock();
  let spentMs = 0;
  const slow = { wallMs: clock.wallMs, after: clock.after, ticksMs: () => clock.ticksMs() + spentMs };
  const spawnGate = new SpawnGate({ clock: slow, ...options });
  const granted: string[] = [];
  const enter = (name: string, restart = false): SpawnTicket =>
    spawnGate.enter({
      restart,
      run() {
        granted.push(name);
        spentMs += spawnTakesMs;
      },
    });
  return { clock, granted, enter };
}

test("at most eight are let in; the next one when one of them is up", () => {
  const { clock, granted, enter } = gate();
  const tickets = Array.from({ length: 12 }, (_, i) => enter(String(i)));
  expect(granted).toHaveLength(8);
  tickets[3]?.release();
  clock.advance(1);
  expect(granted).toHaveLength(9);
});

test("spawns take no more than a few milliseconds of one turn; the others wait for the next ones", () => {
  const { clock, granted, enter } = gate({}, 2);
  for (let i = 0; i < 12; i++) enter(String(i));
  expect(granted).toHaveLength(2);
  clock.advance(0);
  expect(granted).toHaveLength(8);
});

test("who takes longer than three seconds gives its place up", () => {
  const { clock, granted, enter } = gate({ concurrent: 1 });
  enter("slow");
  enter("next");
  clock.advance(2_999);
  expect(granted).toEqual(["slow"]);
  clock.advance(1);
  expect(granted).toEqual(["slow", "next"]);
});

test("restarts are spaced by the cap, and first starts pass them", () => {
  const { clock, granted, enter } = gate({ concurrent: 1_000, restartsPerSecond: 10 });
  for (let i = 0; i < 30; i++) enter(`again ${i}`, true);
  enter("first");
  clock.advance(1);
  expect(granted).toEqual(["again 0", "first"]);
  clock.advance(998);
  expect(granted.filter((name) => name.startsWith("again"))).toHaveLength(10);
  clock.advance(1_000);
  expect(granted.filter((name) => name.startsWith("again"))).toHaveLength(20);
});

test("who no longer wants to start leaves the line, and nothing is left behind", () => {
  const { clock, granted, enter } = gate({ concurrent: 1 });
  const first = enter("first");
  const second = enter("second");
  const third = enter("third");
  second.release();
  second.release();
  first.release();
  clock.advance(1);
  expect(granted).toEqual(["first", "third"]);
  third.release();
  clock.advance(1);
  expect(clock.pending).toBe(0);
});

test("agents that share a gate start in its order, and the slot is free again once one is up", () => {
  const clock = manualClock();
  const shared = new SpawnGate({ clock, concurrent: 1 });
  const [one, two] = [paperAgent({ gate: shared }, clock), paperAgent({ gate: shared }, clock)];
  one.agent.start();
  two.agent.start();
  clock.advance(1);
  expect([one.agent.snapshot.state, two.agent.snapshot.state]).toEqual(["handshaking", "starting"]);
  one.processes.last.shakeHands();
  clock.advance(1);
  expect(two.agent.snapshot.state).toBe("handshaking");
});

test("a stop while waiting at the gate starts nothing", async () => {
  const clock = manualClock();
  const shared = new SpawnGate({ clock, concurrent: 1 });
  const [one, two] = [paperAgent({ gate: shared }, clock), paperAgent({ gate: shared }, clock)];
  one.agent.start();
  two.agent.start();
  await two.agent.stop();
  one.processes.last.exit(0);
  clock.advance(100);
  expect(two.processes.children).toEqual([]);
  expect(two.agent.snapshot.state).toBe("stopped");
});

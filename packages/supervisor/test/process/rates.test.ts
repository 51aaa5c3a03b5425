import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { ReadingTurns } from "../../src/index.ts";
import { begin } from "./supervise.ts";

test("a flood is read at its ceiling, nothing of it is refused, and it is shown throttled once", async () => {
  const limits = { messagesPerSecond: 1_000, bytesPerSecond: 200_000 };
  const { agent, changes, until } = begin("floods-stdout.mjs", { limits });
  await until(() => changes.find((change) => change.condition === "throttled"));
  const from = { bytes: agent.snapshot.counters.bytes, atMs: performance.now() };
  await sleep(2_500);
  const seconds = (performance.now() - from.atMs) / 1_000;
  const { bytes, refused, dropped, paused_ms } = agent.snapshot.counters;
  // At most the rate and one chunk that was already read.
  expect(bytes - from.bytes).toBeLessThan(200_000 * seconds + 2 * 65_536);
  expect(bytes - from.bytes).toBeGreaterThan(0);
  expect(refused).toEqual({});
  expect(dropped).toEqual({});
  expect(paused_ms).toBeGreaterThan(1_000);
  expect(changes.filter((change) => change.condition === "throttled")).toHaveLength(1);
  expect(agent.snapshot.health).toBe("ok");
});

test("neighbours of unlimited floods are heard on time: everybody has a turn", async () => {
  const turns = new ReadingTurns();
  for (let i = 0; i < 2; i++) begin("floods-stdout.mjs", { turns });
  const beatsAtMs: number[] = [];
  const { untilState } = begin("well-behaved.mjs", {
    turns,
    received: ({ message }) => void (message.type === "heartbeat" && beatsAtMs.push(performance.now())),
  });
  await untilState("running");
  const fromMs = performance.now();
  await sleep(3_000);
  const gaps = beatsAtMs.slice(1).map((atMs, i) => atMs - (beatsAtMs[i] ?? 0));
  // It beats every 100 ms. Two floods and it share two cores with us: what matters is that none goes missing.
  expect(beatsAtMs.length).toBeGreaterThan(((performance.now() - fromMs) / 100) * 0.8);
  expect(Math.max(...gaps)).toBeLessThan(500);
});

test("one agent's flood takes no more than its turn of the event loop", async () => {
  let read = 0;
  let inOneTurn = 0;
  let most = 0;
  const turns = new ReadingTurns();
  const { agent, until } = begin("floods-stdout.mjs", {
    turns,
    received({ bytes }) {
      if (read++ === 0) setImmediate(startOver);
      inOneTurn += bytes.length + 1;
    },
  });
  function startOver() {
    most = Math.max(most, inOneTurn);
    inOneTurn = 0;
    setImmediate(startOver).unref();
  }
  await until(() => agent.snapshot.state === "running");
  await sleep(1_000);
  expect(read).toBeGreaterThan(1_000);
  // A line that began in the turn before counts in this one; what was read ahead before the pause is the next turn's.
  expect(most).toBeLessThanOrEqual(2 * 65_536 + 1_024);
});

import { expect, test } from "vitest";
import { paperAgent } from "./paper-agent.ts";

const limits = { messagesPerSecond: 10, bytesPerSecond: 0 };
const beats = (count: number) => Array.from({ length: count }, () => ({ type: "heartbeat" }));

function running(more: Parameters<typeof paperAgent>[0] = {}) {
  const paper = paperAgent({ limits, ...more });
  paper.agent.start();
  paper.processes.last.shakeHands();
  paper.clock.advance(1_000);
  return { ...paper, child: paper.processes.last };
}

test("a burst of one second's worth is free; beyond it the pipe waits until the debt is paid off", () => {
  const { agent, child, clock, received } = running();
  child.say(...beats(10));
  expect(child.paused).toBe(false);
  child.say(...beats(5));
  expect(child.paused).toBe(true);
  expect(received).toHaveLength(16);
  clock.advance(499);
  expect(child.paused).toBe(true);
  clock.advance(2);
  expect(child.paused).toBe(false);
  expect(agent.snapshot.counters.paused_ms).toBe(500);
});

test("nothing is lost or refused because of the rate: a chunk that was read is handled whole", () => {
  const { agent, child, received, refused } = running();
  const chunk = beats(500).map((beat) => JSON.stringify({ timestamp: "2026-01-01T00:00:00Z", ...beat }));
  child.say(chunk.join("\n"));
  expect(received).toHaveLength(501);
  expect(refused).toEqual([]);
  expect(agent.snapshot.counters).toMatchObject({ lines: 501, refused: {}, dropped: {} });
  expect(child.paused).toBe(true);
});

test("bytes have their own ceiling, whatever they are", () => {
  const { child, clock, refused } = running({ limits: { messagesPerSecond: 0, bytesPerSecond: 1_000 } });
  child.say("x".repeat(1_999));
  expect(refused).toEqual(["not-json"]);
  expect(child.paused).toBe(true);
  clock.advance(1_001);
  expect(child.paused).toBe(false);
});

test("bad lines count like good ones", () => {
  const { child } = running();
  child.say(...Array.from({ length: 11 }, () => "garbage"));
  expect(child.paused).toBe(true);
});

test("answers to our own commands take nothing from the rate, as many as were asked for", () => {
  const { agent, child } = running();
  for (let i = 0; i < 20; i++) {
    agent.send({ cmd: "invoke", id: `${i}`, interface: "command", method: "list" });
    child.say({ type: "result", id: `${i}`, ok: true, data: {} });
    agent.send({ cmd: "flush" });
    child.say({ type: "summary", data: {} }, { type: "ack", ack_command: "flush" });
    agent.send({ cmd: "status" });
    child.say({ type: "status", health: "ok" });
  }
  expect(child.paused).toBe(false);
  expect(agent.snapshot.condition).toBe("free");
  child.say(...Array.from({ length: 60 }, () => ({ type: "ack", ack_command: "nobody-asked" })));
  expect(child.paused).toBe(true);
});

test("their bytes are free too", () => {
  const { agent, child } = running({ limits: { messagesPerSecond: 0, bytesPerSecond: 500 } });
  agent.send({ cmd: "flush" });
  child.say({ type: "summary", data: { text: "x".repeat(2_000) } });
  expect(child.paused).toBe(false);
  child.say({ type: "summary", data: { text: "x".repeat(2_000) } });
  expect(child.paused).toBe(true);
});

test("an agent that floods for a minute is shown throttled once, and free ten seconds after the last pause", () => {
  const { agent, child, clock, changes } = running();
  const before = changes.length;
  for (let second = 0; second < 60; second++) {
    child.say(...beats(15));
    clock.advance(2_000);
  }
  expect(changes.slice(before)).toMatchObject([{ condition: "throttled", cause: "rate-limit", state: "running" }]);
  child.say(...beats(5));
  clock.advance(5_000);
  child.say(...beats(1));
  clock.advance(3_000);
  expect(agent.snapshot.condition).toBe("throttled");
  clock.advance(3_000);
  expect(changes.at(-1)).toMatchObject({ condition: "free", cause: "rate-limit: no longer" });
});

test("silence of our own making is not held against an agent", () => {
  const { agent, child, clock, story } = running();
  child.say(...beats(610));
  clock.advance(50_000);
  expect(child.paused).toBe(true);
  expect(agent.snapshot).toMatchObject({ state: "running", health: "ok" });
  clock.advance(10_000);
  expect(child.paused).toBe(false);
  expect(story().some((line) => line.includes("silent"))).toBe(false);
  clock.advance(10_001);
  expect(agent.snapshot.health).toBe("degraded");
});

test("a start-up deadline waits as long as we did not listen", () => {
  const { agent, processes, clock } = paperAgent({ limits });
  agent.start();
  processes.last.say(...Array.from({ length: 15 }, () => ({ type: "log", level: "info", message: "hello" })));
  agent.pause("evidence-lane");
  clock.advance(60_000);
  expect(agent.snapshot.state).toBe("handshaking");
  agent.resume("evidence-lane");
  clock.advance(12_000);
  expect(agent.snapshot).toMatchObject({ state: "stopping", cause: "startup-timeout: no handshake within 10 s" });
});

test("a new process brings no new allowance", () => {
  const { agent, child, processes, clock } = running();
  child.say(...beats(110));
  child.exit(1);
  clock.advance(500);
  processes.last.shakeHands();
  expect(agent.snapshot.state).toBe("running");
  expect(processes.last.paused).toBe(true);
});

import { expect, test } from "vitest";
import { paperAgent } from "./paper-agent.ts";

test("a handshake is answered by the ack with the owner's fields, also at top level", () => {
  const { agent, processes, handshakes } = paperAgent();
  agent.start();
  processes.last.shakeHands();
  expect(handshakes).toMatchObject([{ type: "handshake", protocol_version: "0.4" }]);
  const [ack] = processes.last.written;
  expect(ack).toMatchObject({
    cmd: "ack",
    ack: "handshake",
    accepted: true,
    app_version: "0.4.0",
    protocol_version: "0.4",
  });
  expect(ack?.["params"]).toMatchObject({ ack: "handshake", accepted: true, heartbeat_interval_s: 5 });
  expect(ack).not.toHaveProperty("args");
});

test("a first heartbeat, summary, status or error stands for a handshake, and no ack is sent", () => {
  for (const message of [
    { type: "heartbeat" },
    { type: "summary", data: {} },
    { type: "status", health: "ok" },
    { type: "error", message: "oh" },
  ]) {
    const { agent, processes, handshakes, received } = paperAgent();
    agent.start();
    processes.last.say(message);
    expect(agent.snapshot.state).toBe("running");
    expect(handshakes).toEqual([null]);
    expect(processes.last.written).toEqual([]);
    expect(received).toEqual([message.type]);
  }
});

test("a handshake that comes after such a word is answered after all, once", () => {
  const { agent, processes, handshakes } = paperAgent();
  agent.start();
  processes.last.say({ type: "status", health: "initializing" });
  processes.last.shakeHands();
  processes.last.shakeHands();
  expect(handshakes).toMatchObject([null, { type: "handshake" }]);
  expect(processes.last.written.map((command) => command.cmd)).toEqual(["ack"]);
});

test("nothing of an agent that was not accepted is kept, called or shown; its logs are", () => {
  const { agent, processes, received } = paperAgent();
  agent.start();
  processes.last.say({ type: "log", level: "info", message: "hello" }, { type: "event", data: { event: "early" } });
  processes.last.say({ type: "request", id: "1", method: "agents.list", params: {} });
  expect(received).toEqual(["log"]);
  expect(agent.snapshot.counters).toMatchObject({ lines: 3, dropped: { "before-handshake": 2 } });
});

test("a rejected agent is not heard again in that run", () => {
  const { agent, processes, received } = paperAgent({ handshake: () => ({ reject: "app_too_old" }) });
  agent.start();
  processes.last.shakeHands();
  processes.last.say({ type: "summary", data: {} }, { type: "heartbeat" });
  expect(received).toEqual(["handshake"]);
});

test("each run is a new acquaintance, with a name of its own in the environment", () => {
  const { agent, processes, handshakes } = paperAgent();
  agent.start();
  processes.last.shakeHands();
  processes.last.exit(1);
  agent.start();
  processes.last.shakeHands();
  expect(handshakes).toHaveLength(2);
  const names = processes.children.map((child) => child.request.environment["MIMOLO_RUN_ID"]);
  expect(new Set(names).size).toBe(2);
  expect(names.at(-1)).toBe(agent.snapshot.runId);
  expect(processes.last.request.environment["LANG"]).toBe("C");
});

test("what an agent says of its health holds until it says otherwise; the worse of all opinions is shown", () => {
  const { agent, processes, story } = paperAgent();
  agent.start();
  processes.last.shakeHands();
  processes.last.say({ type: "status", health: "degraded" });
  agent.reportHealth("overload", "metrics");
  processes.last.say({ type: "status", health: "healthy" });
  expect(agent.snapshot.health).toBe("overload");
  agent.reportHealth("slowpoke", "metrics");
  agent.reportHealth("ok", "metrics");
  expect(agent.snapshot.health).toBe("ok");
  expect(story().slice(3)).toEqual([
    "running degraded status",
    "running overload health-reported",
    "running slowpoke health-reported",
    "running ok health-reported",
  ]);
});

test("heartbeats are remembered by the wall clock, runs by when they began", () => {
  const { agent, processes, clock } = paperAgent();
  agent.start();
  const startedAtMs = clock.wallMs();
  processes.last.shakeHands();
  clock.advance(5_000);
  processes.last.say({ type: "heartbeat" });
  clock.jumpWall(-3_600_000);
  expect(agent.snapshot).toMatchObject({ startedAtMs, lastHeartbeatAtMs: startedAtMs + 5_000, restarts: 0 });
});

test("lines and bytes are counted, good and bad", () => {
  const { agent, processes, refused } = paperAgent();
  agent.start();
  processes.last.shakeHands();
  processes.last.say("[1]", "{", '{"type":"heartbeat"}', '{"no":"type"}', '{"type":"poem","text":"…"}');
  expect(refused).toEqual(["not-object", "not-json", "invalid-field", "missing-type"]);
  expect(agent.snapshot.counters).toMatchObject({
    lines: 6,
    refused: { "not-object": 1, "not-json": 1, "invalid-field": 1, "missing-type": 1 },
  });
  expect(agent.snapshot.counters.bytes).toBeGreaterThan(150);
});

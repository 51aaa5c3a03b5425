import { manualClock } from "@mimolo/agent-sdk/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Alarm } from "../src/alarm.ts";
import { judgeSilence } from "../src/liveness.ts";
import { defaultPolicy } from "../src/policy.ts";
import { paperAgent } from "./paper-agent.ts";

test("two intervals of silence degrade, half a minute asks, no answer restarts", () => {
  const { agent, clock, processes, story } = paperAgent();
  agent.start();
  processes.last.shakeHands();
  clock.advance(9_999);
  expect(agent.snapshot.health).toBe("ok");
  clock.advance(1);
  expect(agent.snapshot.health).toBe("degraded");
  clock.advance(19_999);
  expect(processes.last.written.map((command) => command.cmd)).toEqual(["ack"]);
  clock.advance(1);
  expect(processes.last.written.at(-1)).toEqual({ cmd: "status" });
  clock.advance(5_000);
  processes.last.exit(null, "SIGTERM");
  expect(story().slice(2)).toEqual([
    "running ok handshake",
    "running degraded silent",
    "stopping degraded silent",
    "backing-off failed silent",
  ]);
  expect(agent.snapshot.counters.restarts).toEqual({});
  clock.advance(500);
  expect(agent.snapshot.counters.restarts).toEqual({ silent: 1 });
});

test("an answer to the question is a sign of life, and health is well again", () => {
  const { agent, clock, processes, story } = paperAgent();
  agent.start();
  processes.last.shakeHands();
  clock.advance(32_000);
  processes.last.say({ type: "status", health: "ok" });
  expect(agent.snapshot).toMatchObject({ state: "running", health: "ok" });
  clock.advance(9_000);
  expect(agent.snapshot.health).toBe("ok");
  expect(story().slice(3)).toEqual(["running degraded silent", "running ok heard-again"]);
});

test("garbage is no sign of life", () => {
  const { agent, clock, processes } = paperAgent();
  agent.start();
  processes.last.shakeHands();
  for (let i = 0; i < 12; i++) {
    clock.advance(1_000);
    processes.last.say("}{");
  }
  expect(agent.snapshot.health).toBe("degraded");
});

test("while we hold an agent back, its clock stands still", () => {
  const { agent, clock, processes } = paperAgent();
  agent.start();
  processes.last.shakeHands();
  clock.advance(6_000);
  agent.setCondition("held", "window-full");
  expect(processes.last.paused).toBe(true);
  clock.advance(3_600_000);
  expect(agent.snapshot).toMatchObject({ health: "ok", condition: "held", counters: { paused_ms: 3_600_000 } });
  agent.setCondition("free", "window-open");
  expect(processes.last.paused).toBe(false);
  clock.advance(3_000);
  expect(agent.snapshot.health).toBe("ok");
  clock.advance(17_000);
  expect(agent.snapshot.health).toBe("degraded");
  expect(agent.snapshot.counters.paused_ms).toBe(3_600_000);
});

test("a held agent is let go for its stop, so that its last summary gets through", () => {
  const { agent, processes, received } = paperAgent();
  agent.start();
  processes.last.shakeHands();
  agent.setCondition("held", "window-full");
  void agent.stop();
  expect(processes.last.paused).toBe(false);
  processes.last.say({ type: "summary", data: {} });
  expect(received).toEqual(["handshake", "summary"]);
});

test("a first line that is only a heartbeat has two intervals to come, however short the start-up time-out", () => {
  const { agent, clock } = paperAgent({ policy: { heartbeatIntervalMs: 60_000, startupTimeoutMs: 10_000 } });
  agent.start();
  clock.advance(119_999);
  expect(agent.snapshot.state).toBe("handshaking");
  clock.advance(1);
  expect(agent.snapshot).toMatchObject({ state: "stopping", cause: "startup-timeout: no handshake within 120 s" });
});

test("after a stall of ours the agent gets a second before it is judged: its words are waiting to be read", () => {
  const clock = manualClock();
  let stalledMs = 0;
  const slow = { ...clock, after: clock.after.bind(clock), ticksMs: () => clock.ticksMs() + stalledMs };
  const judged: number[] = [];
  new Alarm(slow).setPatiently(1_000, () => judged.push(clock.ticksMs()));
  stalledMs = 30_000;
  clock.advance(1_000);
  expect(judged).toEqual([]);
  clock.advance(1_000);
  expect(judged).toEqual([2_000]);
});

test("the next look is never in the past, and silence only ever gets worse", () => {
  const order = ["lively", "quiet", "ask", "gone"];
  fc.assert(
    fc.property(fc.nat(100_000), fc.nat(100_000), (earlierMs, moreMs) => {
      const judge = (nowMs: number) => judgeSilence({ lastHeardMs: 0, askedMs: null }, nowMs, defaultPolicy);
      const earlier = judge(earlierMs);
      const later = judge(earlierMs + moreMs);
      expect(order.indexOf(later.verdict)).toBeGreaterThanOrEqual(order.indexOf(earlier.verdict));
      expect(earlier.lookAgainInMs).toBeGreaterThan(0);
      if (earlier.verdict !== "ask") expect(judge(earlierMs + earlier.lookAgainInMs).verdict).not.toBe(earlier.verdict);
    }),
    { numRuns: 500 },
  );
});

import { manualClock } from "@mimolo/agent-sdk/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Restraint } from "../src/restraint.ts";
import { paperAgent } from "./paper-agent.ts";

test("reading stops while any cause stands, and the condition says the strongest that is done", () => {
  const move = fc.record({
    what: fc.constantFrom("hold", "let go", "pause", "resume", "throttle", "ease", "wait", "clear"),
    cause: fc.constantFrom("a", "b"),
  });
  fc.assert(
    fc.property(fc.array(move, { maxLength: 40 }), (moves) => {
      const clock = manualClock();
      let reading = true;
      let condition = "free";
      const restraint = new Restraint(clock, {
        reading: (on) => {
          if (on === reading) throw new Error("told twice");
          reading = on;
        },
        condition: (now) => (condition = now),
      });
      let held = false;
      const pauses = new Set<string>();
      const throttles = new Set<string>();
      let lastPauseMs = Number.NEGATIVE_INFINITY;
      const does: Record<string, (cause: string) => void> = {
        hold: (cause) => restraint.hold((held = true), cause),
        "let go": (cause) => restraint.hold((held = false), cause),
        pause: (cause) => (pauses.add(cause), restraint.pause(cause)),
        resume: (cause) => {
          if (pauses.delete(cause)) lastPauseMs = clock.ticksMs();
          restraint.resume(cause);
        },
        throttle: (cause) => (throttles.add(cause), restraint.setThrottled(cause, true)),
        ease: (cause) => (throttles.delete(cause), restraint.setThrottled(cause, false)),
        wait: () => clock.advance(3_000),
        clear: () => {
          held = false;
          pauses.clear();
          throttles.clear();
          lastPauseMs = Number.NEGATIVE_INFINITY;
          restraint.clear();
          condition = "free";
        },
      };
      for (const { what, cause } of moves) {
        does[what]?.(cause);
        const lately = pauses.size > 0 || clock.ticksMs() - lastPauseMs < 10_000;
        const expected = held ? "held" : lately || throttles.size > 0 ? "throttled" : "free";
        if (reading === (held || pauses.size > 0)) throw new Error(`reading ${reading} after ${what}`);
        if (condition !== expected) throw new Error(`${condition}, not ${expected}, after ${what}`);
      }
      restraint.clear();
      expect(clock.pending).toBe(0);
    }),
    { numRuns: 500 },
  );
});

test("two causes of a pause are two: reading goes on when both are gone", () => {
  const { agent, processes, clock } = paperAgent();
  agent.pause("too early");
  agent.start();
  processes.last.shakeHands();
  expect(processes.last.paused).toBe(false);
  agent.pause("evidence-lane");
  agent.pause("disk-full");
  clock.advance(700);
  agent.resume("evidence-lane");
  expect(processes.last.paused).toBe(true);
  agent.resume("disk-full");
  expect(processes.last.paused).toBe(false);
  expect(agent.snapshot).toMatchObject({ condition: "throttled", counters: { paused_ms: 700 } });
});

test("a throttle is shown as long as it stands, and reading goes on", () => {
  const { agent, processes, changes } = paperAgent();
  agent.start();
  processes.last.shakeHands();
  agent.setThrottled("cpu-budget", true);
  agent.setThrottled("cpu-budget", true);
  expect(processes.last.paused).toBe(false);
  expect(changes.at(-1)).toMatchObject({ condition: "throttled", cause: "cpu-budget" });
  agent.setCondition("held", "by-hand");
  expect(agent.snapshot.condition).toBe("held");
  agent.setCondition("free", "by-hand");
  expect(agent.snapshot.condition).toBe("throttled");
  agent.setThrottled("cpu-budget", false);
  expect(changes.at(-1)).toMatchObject({ condition: "free", cause: "cpu-budget: no longer" });
});

test("an agent that is stopped is read again, so that its last words are heard", () => {
  const { agent, processes, received } = paperAgent();
  agent.start();
  processes.last.shakeHands();
  agent.pause("evidence-lane");
  void agent.stop();
  expect(processes.last.paused).toBe(false);
  processes.last.say({ type: "summary", data: {} });
  expect(received).toEqual(["handshake", "summary"]);
});

test("features are those of the process that runs", () => {
  const { agent, processes } = paperAgent();
  agent.start();
  expect(agent.has("throttle")).toBe(false);
  const capabilities = ["throttle", "durable_ack"];
  processes.last.say({ type: "handshake", protocol_version: "0.4", agent_version: "1.0.0", capabilities });
  expect(agent.has("throttle")).toBe(true);
  expect(agent.has("invoke")).toBe(false);
  processes.last.exit(0);
  expect(agent.has("throttle")).toBe(false);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { afterDeath, backOffCeilingMs, cleanSlate, isHopeless } from "../src/back-off.ts";
import { defaultPolicy, lifecyclePolicy } from "../src/policy.ts";
import { paperAgent } from "./paper-agent.ts";

test("a crash waits, doubling each time, up to a minute", () => {
  const ceilings = [1, 2, 3, 4, 5, 6, 7, 8, 9, 50].map((failures) => backOffCeilingMs(failures, defaultPolicy));
  expect(ceilings).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
});

test("jitter is full: the wait is the drawn part of the ceiling, down to nothing", () => {
  for (const [drawn, delayMs] of [
    [0, 0],
    [0.25, 125],
    [0.99, 495],
  ] as const) {
    const { agent, processes, clock } = paperAgent({ random: () => drawn });
    agent.start();
    processes.last.exit(1);
    if (delayMs > 0) {
      clock.advance(delayMs - 1);
      expect(agent.snapshot.state).toBe("backing-off");
    }
    clock.advance(1);
    expect(agent.snapshot.state).toBe("handshaking");
  }
});

test("five deaths in a minute, or ten in ten minutes, are hopeless; four and nine are not", () => {
  const dieEvery = (everyMs: number, times: number) => {
    let past = cleanSlate;
    for (let i = 0; i < times; i++) past = afterDeath(past, i * everyMs, defaultPolicy);
    return isHopeless(past, (times - 1) * everyMs, defaultPolicy);
  };
  expect(dieEvery(15_000, 4)).toBe(false);
  expect(dieEvery(15_000, 5)).toBe(true);
  expect(dieEvery(61_000, 9)).toBe(false);
  expect(dieEvery(61_000, 10)).toBe(true);
  expect(dieEvery(70_000, 100)).toBe(false);
});

test("however often something dies, what is remembered stays small", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1_000, max: 100_000 }), { maxLength: 200 }), (gaps) => {
      let atMs = 0;
      let past = cleanSlate;
      for (const gapMs of gaps) past = afterDeath(past, (atMs += gapMs), defaultPolicy);
      expect(past.deathsAtMs.every((deathMs) => atMs - deathMs < 600_000)).toBe(true);
      expect(past.failures).toBe(gaps.length);
    }),
    { numRuns: 200 },
  );
});

/** Lets it die as soon as it is up, until it no longer comes back. */
function dieUntilQuarantined(paper: ReturnType<typeof paperAgent>) {
  for (let i = 0; i < 20 && paper.agent.snapshot.state !== "quarantined"; i++) {
    paper.processes.living[0]?.exit(0);
    if (paper.agent.snapshot.state === "backing-off") paper.clock.advance(60_000 / 2 ** 6);
  }
}

test("a quarantined agent is tried every ten minutes; one more death sends it back", () => {
  const paper = paperAgent({ random: () => 0.1 });
  const { agent, clock, processes } = paper;
  agent.start();
  dieUntilQuarantined(paper);
  expect(processes.children).toHaveLength(5);
  clock.advance(599_999);
  expect(agent.snapshot.state).toBe("quarantined");
  clock.advance(1);
  expect(agent.snapshot.state).toBe("handshaking");
  processes.last.shakeHands();
  processes.last.exit(1);
  expect(agent.snapshot.state).toBe("quarantined");
  expect(agent.snapshot.counters.restarts).toEqual({ exited: 5 });
});

test("the try of a quarantined agent that holds wipes the slate", () => {
  const paper = paperAgent({ random: () => 0.1 });
  const { agent, clock, processes } = paper;
  agent.start();
  dieUntilQuarantined(paper);
  clock.advance(600_000);
  processes.last.shakeHands();
  for (let i = 0; i < 14; i++) {
    clock.advance(5_000);
    processes.last.say({ type: "heartbeat" });
  }
  processes.last.exit(1);
  expect(agent.snapshot.state).toBe("backing-off");
});

test("a person's start wipes the slate at once", () => {
  const paper = paperAgent({ random: () => 0.1 });
  paper.agent.start();
  dieUntilQuarantined(paper);
  paper.agent.start();
  expect(paper.agent.snapshot.state).toBe("handshaking");
  paper.processes.last.exit(1);
  expect(paper.agent.snapshot.state).toBe("backing-off");
});

test("the back-off is reset by a minute of health with two signs of life, not before", () => {
  const aliveFor = (beatsAtMs: readonly number[], untilMs: number) => {
    const { agent, clock, processes } = paperAgent();
    agent.start();
    for (let i = 0; i < 3; i++) {
      processes.last.exit(1);
      while (agent.snapshot.state === "backing-off") clock.advance(100);
    }
    processes.last.shakeHands();
    let nowMs = 0;
    for (const beatMs of beatsAtMs) {
      clock.advance(beatMs - nowMs);
      nowMs = beatMs;
      processes.last.say({ type: "heartbeat" });
    }
    clock.advance(untilMs - nowMs);
    processes.last.exit(1);
    const fromMs = clock.ticksMs();
    while (agent.snapshot.state === "backing-off") clock.advance(100);
    return clock.ticksMs() - fromMs;
  };
  const everyFive = (untilMs: number) => Array.from({ length: untilMs / 5_000 }, (_, i) => (i + 1) * 5_000);
  expect(aliveFor(everyFive(55_000), 55_000)).toBe(4_000);
  expect(aliveFor(everyFive(60_000), 60_000)).toBe(500);
  expect(aliveFor([1_000], 5_000)).toBe(4_000);
});

test("a policy that makes no sense is refused in words", () => {
  expect(() => lifecyclePolicy({ backOffCapMs: Number.NaN })).toThrow(/backOffCapMs must be zero or more/);
  expect(() => lifecyclePolicy({ answerMs: -1 })).toThrow(/answerMs/);
});

import { type ManualClock, manualClock } from "@mimolo/agent-sdk/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { cleanSlate } from "../src/back-off.ts";
import { step } from "../src/lifecycle.ts";
import type { Lifecycle, LifecycleEvent } from "../src/lifecycle-state.ts";
import { defaultPolicy } from "../src/policy.ts";
import { ReadingTurns } from "../src/reading-turns.ts";
import { SpawnGate } from "../src/spawn-gate.ts";
import { paperAgent } from "./paper-agent.ts";

const WITH_PROCESS = new Set(["handshaking", "running", "stopping"]);

type Move = (paper: ReturnType<typeof paperAgent>) => void;
const lastLiving = (paper: ReturnType<typeof paperAgent>) => paper.processes.living.at(-1);

/** What may happen to an agent, in words that a shrunk counter-example can be read by. */
const moves: Record<string, Move> = {
  start: ({ agent }) => agent.start(),
  stop: ({ agent }) => void agent.stop(),
  hurry: ({ agent }) => agent.hurry(),
  restart: ({ agent }) => agent.restart("a person said so"),
  "restart counted": ({ agent }) => agent.restart("over-budget", { counted: true }),
  quarantine: ({ agent }) => agent.quarantine("memory-limit", "used 200 MiB of 64"),
  pause: ({ agent }) => agent.pause("evidence-lane"),
  resume: ({ agent }) => agent.resume("evidence-lane"),
  throttle: ({ agent }) => agent.setThrottled("cpu-budget", true),
  command: ({ agent }) => void agent.send({ cmd: "flush" }),
  deaf: (paper) => {
    const child = lastLiving(paper);
    if (child !== undefined) child.takesMore = false;
  },
  drain: (paper) => lastLiving(paper)?.drain(),
  flood: (paper) => lastLiving(paper)?.say(...Array.from({ length: 30 }, () => ({ type: "heartbeat" }))),
  complaints: (paper) => lastLiving(paper)?.complain("no\n".repeat(60)),
  block: ({ agent }) => agent.block("not-allowlisted"),
  hold: ({ agent }) => agent.setCondition("held", "window full"),
  free: ({ agent }) => agent.setCondition("free", "window open"),
  handshake: (paper) => lastLiving(paper)?.shakeHands(),
  heartbeat: (paper) => lastLiving(paper)?.say({ type: "heartbeat" }),
  garbage: (paper) => lastLiving(paper)?.say(...Array.from({ length: 21 }, () => "garbage")),
  fatal: (paper) => lastLiving(paper)?.say({ type: "error", message: "no", severity: "fatal" }),
  flushing: (paper) => lastLiving(paper)?.say({ type: "status", health: "ok", message: "still flushing" }),
  "exit 0": (paper) => lastLiving(paper)?.exit(0),
  "exit 1": (paper) => lastLiving(paper)?.exit(1),
  killed: (paper) => lastLiving(paper)?.exit(null, "SIGKILL"),
  "dies, its output held": (paper) => lastLiving(paper)?.exitButHoldOutput(1),
  "not found": ({ processes }) => processes.failNext("not-found"),
  "no memory": ({ processes }) => processes.failNext("spawn-failed"),
  "a moment": ({ clock }) => clock.advance(100),
  "a while": ({ clock }) => clock.advance(4_000),
  "a minute": ({ clock }) => clock.advance(60_000),
  "ten minutes": ({ clock }) => clock.advance(600_000),
};
const limits = { messagesPerSecond: 20, bytesPerSecond: 10_000 };
const turnsOn = (clock: ManualClock) =>
  new ReadingTurns({ bytes: 1_000, nextTurn: (run) => clock.after(0, run, new AbortController().signal) });
const story = fc.array(fc.constantFrom(...Object.keys(moves)), { minLength: 5, maxLength: 24 });

/** SIGKILL works in the real world, a moment later. */
function buryTheKilled(paper: ReturnType<typeof paperAgent>): void {
  for (const child of paper.processes.living) if (child.signals.includes("SIGKILL")) child.exit(null, "SIGKILL");
}

test("whatever happens, at most one process is alive, and exactly in the states that say so", () => {
  fc.assert(
    fc.property(story, (names) => {
      const clock = manualClock();
      const paper = paperAgent({ limits, turns: turnsOn(clock) }, clock);
      for (const name of names) {
        moves[name]?.(paper);
        buryTheKilled(paper);
        const { state, pid } = paper.agent.snapshot;
        const { living } = paper.processes;
        // Plain comparisons: an `expect` per move would be most of the time this takes.
        const dying = paper.processes.children.at(-1)?.released === false && living.length === 0;
        const expected = WITH_PROCESS.has(state) && !dying ? 1 : 0;
        if (living.length !== expected || (!dying && pid !== (living[0]?.pid ?? null))) {
          throw new Error(`${living.length} processes in ${state} after ${name}`);
        }
      }
    }),
    { numRuns: 1_000 },
  );
});

test("whatever happened, a stop ends it: no process, no timer, and the promise is kept", async () => {
  await fc.assert(
    fc.asyncProperty(story, async (names) => {
      const clock = manualClock();
      const paper = paperAgent({ gate: new SpawnGate({ clock, concurrent: 1 }), limits, turns: turnsOn(clock) }, clock);
      for (const name of names) {
        moves[name]?.(paper);
        buryTheKilled(paper);
      }
      const stopped = paper.agent.stop();
      for (let i = 0; i < 20 && paper.processes.children.some((child) => !child.released); i++) {
        paper.clock.advance(2_000);
        buryTheKilled(paper);
      }
      await stopped;
      expect(paper.processes.living).toEqual([]);
      paper.clock.advance(1);
      expect(paper.clock.pending).toBe(0);
      expect(["stopped", "blocked"]).toContain(paper.agent.snapshot.state);
      expect(paper.processes.children.every((child) => child.released)).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});

test("every state answers every event, and only a process that exists is spoken to", () => {
  const past = fc.record({
    failures: fc.nat(20),
    deathsAtMs: fc.array(fc.nat(1_000_000), { maxLength: 12 }).map((times) => times.toSorted((a, b) => a - b)),
    probing: fc.boolean(),
  });
  const why = fc.constant({ cause: "a-cause" });
  const state: fc.Arbitrary<Lifecycle> = fc.oneof(
    fc.constantFrom<Lifecycle>({ name: "planned" }, { name: "stopped" }, { name: "blocked" }),
    fc.record({ name: fc.constant("starting" as const), past }),
    fc.record({ name: fc.constant("handshaking" as const), past }),
    fc.record({ name: fc.constantFrom("backing-off" as const, "quarantined" as const), past, why }),
    fc.record({ name: fc.constant("running" as const), past, sinceMs: fc.nat(1_000_000), signs: fc.nat(3) }),
    fc.record({
      name: fc.constant("stopping" as const),
      past,
      sinceMs: fc.nat(1_000_000),
      rung: fc.constantFrom("asked", "input-closed", "terminated", "killed"),
      extended: fc.boolean(),
      next: fc.constantFrom("stopped", "started-anew", "died", "quarantined", "blocked"),
      why,
    }),
  );
  const atMs = fc.integer({ min: 1_000_000, max: 2_000_000 });
  const event: fc.Arbitrary<LifecycleEvent> = fc.oneof(
    fc.record({
      type: fc.constantFrom(
        "start-requested",
        "spawned",
        "handshake-accepted",
        "heard",
        "still-flushing",
        "timer-fired",
      ),
      atMs,
    }),
    fc.record({ type: fc.constant("stop-requested" as const), hurry: fc.boolean(), atMs }),
    fc.record({ type: fc.constant("restart-requested" as const), why, counted: fc.boolean(), atMs }),
    fc.record({ type: fc.constant("quarantine-requested" as const), why, atMs }),
    fc.record({ type: fc.constantFrom("block-requested", "handshake-rejected"), reason: fc.string(), atMs }),
    fc.record({
      type: fc.constant("spawn-failed" as const),
      code: fc.constantFrom("not-found", "not-executable", "spawn-failed"),
      message: fc.string(),
      atMs,
    }),
    fc.record({ type: fc.constant("exited" as const), code: fc.constant(0), signal: fc.constant(null), atMs }),
  );
  fc.assert(
    fc.property(state, event, (before, happened) => {
      const { state: after, effects, why: because } = step(before, happened, defaultPolicy);
      if (after.name !== before.name) expect(because).toBeDefined();
      for (const effect of effects) {
        if (effect.do === "spawn") expect(after.name).toBe("starting");
        else if (effect.do === "wait") expect(effect.delayMs).toBeGreaterThanOrEqual(0);
        else expect(after.name).toBe("stopping");
      }
      if (WITH_PROCESS.has(before.name) && !WITH_PROCESS.has(after.name)) expect(happened.type).toBe("exited");
      if (!WITH_PROCESS.has(before.name) && WITH_PROCESS.has(after.name)) expect(happened.type).toBe("spawned");
    }),
    { numRuns: 5_000 },
  );
});

test("a message of a healthy agent costs nothing: the very state stays", () => {
  const running: Lifecycle = { name: "running", past: cleanSlate, sinceMs: 0, signs: 0 };
  expect(step(running, { type: "heard", atMs: 100_000 }, defaultPolicy).state).toBe(running);
});

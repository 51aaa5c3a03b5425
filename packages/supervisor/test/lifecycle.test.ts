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

test("a life without trouble: start, handshake, stop", async () => {
  const { agent, processes, story: told, clock } = paperAgent();
  agent.start();
  processes.last.shakeHands();
  const stopped = agent.stop();
  expect(processes.last.written.map((command) => command.cmd)).toEqual(["ack", "sequence"]);
  processes.last.exit(0);
  await stopped;
  expect(told()).toEqual([
    "starting initializing start-requested",
    "handshaking initializing spawned",
    "running ok handshake",
    "stopping ok stop-requested",
    "stopped initializing stop-requested",
  ]);
  expect(clock.pending).toBe(0);
});

test("a missing executable is quarantined with the reason, a machine short of something is tried again", () => {
  const { agent, processes, changes, clock } = paperAgent();
  processes.failNext("not-found");
  agent.start();
  clock.advance(0);
  expect(changes.at(-1)).toMatchObject({ state: "quarantined", cause: "not-found: because the test says so" });
  processes.failNext("spawn-failed");
  agent.start();
  clock.advance(0);
  expect(changes.at(-1)).toMatchObject({ state: "backing-off" });
  clock.advance(500);
  expect(agent.snapshot.state).toBe("handshaking");
});

test("a reject names its reason to the agent and quarantines it", () => {
  const { agent, processes, changes } = paperAgent({ handshake: () => ({ reject: "protocol_version_mismatch" }) });
  agent.start();
  processes.last.shakeHands("9.0");
  expect(processes.last.written).toMatchObject([{ cmd: "reject", reason: "protocol_version_mismatch" }]);
  processes.last.exit(0);
  expect(changes.at(-1)).toMatchObject({ state: "quarantined", cause: "rejected: protocol_version_mismatch", code: 0 });
});

test("a fatal error restarts the agent by its back-off", () => {
  const { agent, processes, changes } = paperAgent();
  agent.start();
  processes.last.shakeHands();
  processes.last.say({ type: "error", message: "my database is gone", severity: "fatal" });
  expect(changes.at(-1)).toMatchObject({ state: "stopping", cause: "fatal-error: my database is gone" });
  processes.last.exit(1);
  expect(changes.at(-1)).toMatchObject({ state: "backing-off", code: 1, cause: "fatal-error: my database is gone" });
});

test("blocked stays blocked until somebody starts it", () => {
  const { agent, processes } = paperAgent();
  agent.block("not-allowlisted");
  void agent.stop();
  expect(agent.snapshot).toMatchObject({ state: "blocked", cause: "blocked: not-allowlisted" });
  agent.start();
  expect(processes.living).toHaveLength(1);
});

test("a start while it is being stopped begins anew once the old process is gone, and the stop is done then", async () => {
  const { agent, processes } = paperAgent();
  agent.start();
  processes.last.shakeHands();
  const stopped = agent.stop();
  agent.start();
  expect(processes.children).toHaveLength(1);
  processes.last.exit(0);
  expect(processes.children).toHaveLength(2);
  expect(agent.snapshot.state).toBe("handshaking");
  await stopped;
});

test("what was thought of a process and done to it dies with it", () => {
  const { agent, processes, changes } = paperAgent();
  agent.start();
  processes.last.shakeHands();
  agent.setCondition("held", "window-full");
  agent.reportHealth("overload", "metrics");
  processes.last.exit(1);
  expect(changes.at(-1)).toMatchObject({ state: "backing-off", health: "failed", condition: "free" });
  agent.start();
  processes.last.shakeHands();
  expect(agent.snapshot).toMatchObject({ health: "ok", condition: "free" });
  expect(processes.last.paused).toBe(false);
});

test("a message of a healthy agent costs nothing: the very state stays", () => {
  const running: Lifecycle = { name: "running", past: cleanSlate, sinceMs: 0, signs: 0 };
  expect(step(running, { type: "heard", atMs: 100_000 }, defaultPolicy).state).toBe(running);
});

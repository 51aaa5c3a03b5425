import { manualClock } from "@mimolo/agent-sdk/testing";
import type { OutgoingCommand } from "@mimolo/supervisor";
import fc from "fast-check";
import { expect, test } from "vitest";
import { AgentCalls } from "../../src/calls/agent-calls.ts";
import type { CallOutcome, Progress } from "../../src/calls/call-outcome.ts";

function scene(features: readonly string[] = ["invoke"]) {
  const clock = manualClock();
  const sent: OutgoingCommand[] = [];
  const heard: { name: string; ok: boolean; tookMs: number }[] = [];
  const callee = {
    vitals: { state: "running", hasRoom: true },
    isDeaf: false,
    has: (feature: string) => features.includes(feature),
    send(command: OutgoingCommand) {
      if (!callee.isDeaf) sent.push(command);
      return !callee.isDeaf;
    },
  };
  const calls = new AgentCalls(
    clock,
    () => callee,
    ({ interface: name, method }, { ok }, tookMs) => heard.push({ name: `${name}.${method}`, ok, tookMs }),
  );
  const ask = (params: unknown = {}, more: { timeoutMs?: number; progressed?: (progress: Progress) => void } = {}) =>
    calls.invoke({ interface: "aggregate", method: "filter", params, ...more });
  const answer = (index: number, data: unknown) =>
    calls.result({ type: "result", id: sent[index]?.id ?? "", ok: true, data });
  return { clock, sent, heard, callee, calls, ask, answer };
}

test("answers find their calls by id, in whatever order they come", async () => {
  const { calls, sent, ask, heard } = scene();
  const answers = [ask(1), ask(2)];
  const [first, second] = sent;
  expect(first).toMatchObject({ cmd: "invoke", params: { interface: "aggregate", method: "filter", params: 1 } });
  expect(calls.result({ type: "result", id: second?.id ?? "", ok: true, data: "two" })).toBe(true);
  const error = { code: "own-code", message: "no" };
  expect(calls.result({ type: "result", id: first?.id ?? "", ok: false, error })).toBe(true);
  expect(await Promise.all(answers)).toEqual([
    { ok: false, ...error, isOwn: true },
    { ok: true, data: "two" },
  ]);
  expect(calls.result({ type: "result", id: second?.id ?? "", ok: true, data: "again" })).toBe(false);
  expect(calls.late).toBe(1);
  expect(heard).toMatchObject([{ ok: true }, { ok: false }]);
});

test("no answer in time is an outcome, and so is the agent's end", async () => {
  const { clock, calls, ask, answer, heard } = scene();
  const late = ask();
  clock.advance(5_000);
  expect(await late).toMatchObject({ ok: false, code: "timed-out" });
  expect(answer(0, 1)).toBe(false);
  const cut = ask();
  calls.moved("backing-off", "exit code 7");
  expect(await cut).toMatchObject({
    code: "ended",
    message: "the agent ended (exit code 7) before it answered aggregate.filter",
  });
  expect(clock.pending).toBe(0);
  expect(heard.map(({ tookMs }) => tookMs)).toEqual([5_000, 0]);
});

test("each call has a time of its own, whichever was made first", async () => {
  const { clock, ask } = scene();
  const over: string[] = [];
  void ask({}, { timeoutMs: 300 }).then(() => over.push("long"));
  void ask({}, { timeoutMs: 100 }).then(() => over.push("short"));
  for (const expected of [[], ["short"], ["short"], ["short", "long"]]) {
    expect(over).toEqual(expected);
    clock.advance(100);
    await Promise.resolve();
    await Promise.resolve();
  }
});

test("progress begins the time anew, ten times at most, and only that of the call it names", async () => {
  const { clock, calls, sent, ask } = scene();
  const told: Progress[] = [];
  const long = ask({}, { timeoutMs: 100, progressed: (progress) => told.push(progress) });
  const progress = (call: unknown) =>
    calls.progressed({ type: "event", data: { event: "progress", payload: { call, percent: 5, message: "at it" } } });
  expect(progress("call-99")).toBe(false);
  expect(progress(null)).toBe(false);
  for (let round = 0; round < 12; round += 1) {
    clock.advance(90);
    expect(progress(sent[0]?.id)).toBe(round < 11);
  }
  expect(await long).toMatchObject({ code: "timed-out" });
  expect(told).toHaveLength(11);
  expect(told[0]).toEqual({ percent: 5, message: "at it" });
});

test("who does not run, announced nothing, is deaf, or would be asked too much is not asked, and that counts for nothing", async () => {
  const { callee, sent, ask, heard } = scene();
  expect(await ask("x".repeat(1_048_576))).toMatchObject({ code: "too-large" });
  expect(await ask(1n)).toMatchObject({ code: "invalid-params" });
  callee.isDeaf = true;
  expect(await ask()).toMatchObject({ code: "busy" });
  callee.vitals.state = "stopped";
  expect(await ask()).toMatchObject({ code: "not-running" });
  expect(await scene([]).ask()).toMatchObject({ code: "not-offered" });
  expect(sent).toEqual([]);
  expect(heard).toEqual([]);
});

test("what the pipe does not take at once waits for it, in order; whoever never reads is busy, not slow", async () => {
  const { clock, callee, sent, ask, calls, heard } = scene();
  callee.vitals.hasRoom = false;
  const waiting = [ask(1), ask(2), ask(3, { timeoutMs: 100 })];
  expect(sent).toHaveLength(0);
  clock.advance(100);
  expect(await waiting[2]).toMatchObject({ code: "busy" });
  callee.vitals.hasRoom = true;
  calls.goOn();
  expect(sent).toMatchObject([{ params: { params: 1 } }, { params: { params: 2 } }]);
  expect(heard).toEqual([]);
});

test("at most 256 calls are under way at once", async () => {
  const { ask, answer, calls } = scene();
  const asked = Array.from({ length: 256 }, () => ask());
  expect(await ask()).toMatchObject({ code: "busy" });
  answer(0, "free");
  expect(await asked[0]).toMatchObject({ ok: true });
  void ask();
  expect(calls.inFlight).toBe(256);
});

type Step = { do: "ask" | "answer" | "pass" | "end"; n: number };

test("whatever happens, every call is settled once and only once", async () => {
  const step: fc.Arbitrary<Step> = fc.record({
    do: fc.constantFrom("ask", "answer", "pass", "end"),
    n: fc.nat(12),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const { clock, callee, calls, sent, ask, answer } = scene();
      const settled: CallOutcome[] = [];
      let asked = 0;
      for (const { do: what, n } of steps) {
        callee.vitals.hasRoom = n % 4 !== 0;
        if (callee.vitals.hasRoom) calls.goOn();
        if (what === "ask") {
          asked += 1;
          void ask({}, { timeoutMs: 1 + n * 20 }).then((outcome) => settled.push(outcome));
        } else if (what === "answer" && sent.length > 0) answer(n % sent.length, n);
        else if (what === "pass") clock.advance(n * 10);
        else if (what === "end") calls.moved("backing-off", "exit code 7");
      }
      calls.moved("stopped", "stop-requested");
      await Promise.resolve();
      await Promise.resolve();
      expect(settled).toHaveLength(asked);
      expect(calls.inFlight).toBe(0);
      expect(clock.pending).toBe(0);
    }),
    { numRuns: 300 },
  );
});

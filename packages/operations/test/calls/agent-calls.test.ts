import { manualClock } from "@mimolo/agent-sdk/testing";
import type { OutgoingCommand } from "@mimolo/supervisor";
import { expect, test } from "vitest";
import { AgentCalls } from "../../src/calls/agent-calls.ts";

function scene(features: readonly string[] = ["invoke"]) {
  const clock = manualClock();
  const sent: OutgoingCommand[] = [];
  const callee = {
    snapshot: { state: "running" },
    isDeaf: false,
    has: (feature: string) => features.includes(feature),
    send(command: OutgoingCommand) {
      if (!callee.isDeaf) sent.push(command);
      return !callee.isDeaf;
    },
  };
  const calls = new AgentCalls(clock, () => callee);
  const ask = (params: unknown = {}) => calls.invoke({ interface: "aggregate", method: "filter", params });
  return { clock, sent, callee, calls, ask };
}

test("answers find their calls by id, in whatever order they come", async () => {
  const { calls, sent, ask } = scene();
  const answers = [ask(1), ask(2)];
  const [first, second] = sent;
  expect(first).toMatchObject({ cmd: "invoke", params: { interface: "aggregate", method: "filter", params: 1 } });
  expect(calls.result({ type: "result", id: second?.id ?? "", ok: true, data: "two" })).toBe(true);
  const error = { code: "failed", message: "no" };
  expect(calls.result({ type: "result", id: first?.id ?? "", ok: false, error })).toBe(true);
  expect(await Promise.all(answers)).toEqual([
    { ok: false, ...error },
    { ok: true, data: "two" },
  ]);
  expect(calls.result({ type: "result", id: second?.id ?? "", ok: true, data: "again" })).toBe(false);
});

test("no answer within 5 s is an outcome, and so is the agent's end", async () => {
  const { clock, calls, sent, ask } = scene();
  const late = ask();
  clock.advance(5_000);
  expect(await late).toMatchObject({ ok: false, code: "timed-out" });
  expect(calls.result({ type: "result", id: sent[0]?.id ?? "", ok: true })).toBe(false);
  const cut = ask();
  calls.moved("backing-off");
  expect(await cut).toMatchObject({ ok: false, code: "ended" });
  expect(clock.pending).toBe(0);
});

test("who does not run, announced nothing, is deaf, or would be asked too much is not asked", async () => {
  const { callee, sent, ask } = scene();
  expect(await ask("x".repeat(1_048_576))).toMatchObject({ code: "too-large" });
  callee.isDeaf = true;
  expect(await ask()).toMatchObject({ code: "busy" });
  callee.snapshot.state = "stopped";
  expect(await ask()).toMatchObject({ code: "not-running" });
  expect(await scene([]).ask()).toMatchObject({ code: "not-offered" });
  expect(sent).toEqual([]);
});

import type { PrivacyRule } from "@mimolo/protocol";
import { expect, test } from "vitest";
import { whyRefusedUnseen } from "../../src/agents/why-refused.ts";
import { AgentPrivacy } from "../../src/privacy/agent-privacy.ts";
import { liveFilter } from "../../src/privacy/live-filter.ts";

const rule = (more: object): PrivacyRule => ({
  name: "bank",
  match_agent: "w*",
  field: "data.title",
  glob: "*bank*",
  action: "redact",
  ...more,
});
const under = (rules: readonly PrivacyRule[], label = "window") =>
  new AgentPrivacy(
    label,
    liveFilter(() => rules),
  );
const received = (line: string) => {
  const message = JSON.parse(line) as Record<string, unknown> & { type: string };
  return { message, known: true, bytes: Buffer.from(line), lineNumber: 1, runId: "r", receivedAtMs: 0 };
};

test("what the first of two equal keys says is not kept either", () => {
  const line = '{"type":"summary","data":{"title":"bank","title":"x"}}';
  const { message, bytes } = received(line);
  expect(under([rule({})]).judge(message, bytes)).toEqual({ verdict: "redact", rules: ["bank"], message });
  expect(under([rule({})], "git").judge(message, bytes)).toEqual({ verdict: "keep" });
  expect(under([]).judge(message, bytes)).toEqual({ verdict: "keep" });
});

test("messages that are no evidence go on without what is covered, or not at all", () => {
  const privacy = under([rule({}), rule({ name: "gone", field: "message", glob: "*bank*", action: "drop" })]);
  const custom = privacy.screened(received('{"type":"custom","data":{"title":"the bank"}}'));
  expect(custom?.bytes.toString()).toBe('{"type":"custom","data":{"title":"[redacted]"}}');
  expect(custom?.message).toEqual({ type: "custom", data: { title: "[redacted]" } });
  expect(privacy.screened(received('{"type":"log","level":"info","message":"my bank"}'))).toBeNull();
  const open = received('{"type":"log","level":"info","message":"hello"}');
  expect(privacy.screened(open)).toBe(open);
});

test("a call whose answer is kept back is answered all the same", () => {
  const privacy = under([rule({ field: "data.*", action: "drop" })]);
  expect(privacy.screened(received('{"type":"result","id":"7","ok":true,"data":{"a":"bank"}}'))?.message).toEqual({
    type: "result",
    id: "7",
    ok: false,
    error: { code: "privacy-drop", message: "a privacy rule keeps the answer back" },
  });
});

test("what an agent says about itself at its start is known, and evidence goes its own way", () => {
  const privacy = under([rule({ field: "data.*", glob: "*" })]);
  for (const type of ["handshake", "metadata", "summary", "event"]) {
    const line = received(JSON.stringify({ type, data: { title: "bank" } }));
    expect(privacy.screened(line)).toBe(line);
  }
});

test("rules that are loaded anew count from the next message on", () => {
  let rules: readonly PrivacyRule[] = [];
  const privacy = new AgentPrivacy(
    "window",
    liveFilter(() => rules),
  );
  const { message, bytes } = received('{"type":"summary","data":{"title":"bank"}}');
  expect([privacy.rules, privacy.judge(message, bytes).verdict]).toEqual([[], "keep"]);
  rules = [rule({ regex: "^bank$", glob: undefined, action: "drop" })];
  expect([privacy.rules, privacy.judge(message, bytes).verdict]).toEqual([rules, "drop"]);
});

test("a refused line of a covered agent is told without a word of it", () => {
  const line = Buffer.from('{"type":"summary","data":"my bank');
  const refusal = {
    code: "not-json",
    message: 'Unexpected end: "my bank',
    lengthBytes: line.length,
    head: line,
  } as const;
  const told = whyRefusedUnseen({ ...refusal, lineNumber: 3, runId: "r" });
  expect(told).toBe("refused: not-json (33 bytes, not shown where privacy rules cover the agent)");
});

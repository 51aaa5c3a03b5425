import fc from "fast-check";
import { expect, test } from "vitest";
import {
  CLOSED,
  type GrantEvent,
  type GrantRequest,
  type GrantState,
  type Refusal,
  secondsLeft,
  step,
} from "../../../src/page/views/plugins/grants/grant-dialog.ts";

const NOW = Date.parse("2026-11-21T20:45:11.000Z");
const opened: GrantEvent = {
  type: "opened",
  pluginId: "acme.inbox",
  offered: ["filesystem", "network"],
  chosen: ["filesystem"],
};
const needs = (reason: string, detail = "no", hint = "look again"): Refusal => ({
  code: "needs-confirmation",
  reason,
  detail,
  hint,
});
const refused = (refusal: Refusal, atMs = NOW): GrantEvent => ({ type: "refused", refusal, atMs });
const shown = refused(needs("code-shown", "the terminal shows a code; it holds until 2026-11-21T20:46:41.000Z"));

/** The state at the end, and everything that was sent on the way. */
function after(...events: GrantEvent[]): { state: GrantState; sent: GrantRequest[] } {
  const sent: GrantRequest[] = [];
  let state = CLOSED;
  for (const event of events) {
    const next = step(state, event);
    state = next.state;
    if (next.send !== null) sent.push(next.send);
  }
  return { state, sent };
}

test("asked, confirmed with the code of the terminal, granted", () => {
  const { state, sent } = after(
    opened,
    { type: "ticked", capability: "network", isOn: true },
    { type: "agreed" },
    shown,
    { type: "typed", text: "493 0" },
    { type: "typed", text: "493 025" },
    { type: "answered", granted: ["filesystem", "network"] },
  );
  const request = { plugin_id: "acme.inbox", capabilities: ["filesystem", "network"] };
  expect(sent).toEqual([request, { ...request, code: "493025" }]);
  expect(state).toEqual({ name: "granted", pluginId: "acme.inbox", granted: ["filesystem", "network"] });
});

test("the code holds as long as the collector says, and its last second is shown", () => {
  const { state } = after(opened, { type: "agreed" }, shown);
  expect(state).toMatchObject({ name: "confirming", endsAtMs: NOW + 90_000 });
  if (state.name !== "confirming") return;
  expect(secondsLeft(state, NOW)).toBe(90);
  expect(secondsLeft(state, NOW + 89_001)).toBe(1);
  expect(step(state, { type: "timed", atMs: NOW + 89_999 }).state).toBe(state);
  expect(step(state, { type: "timed", atMs: NOW + 90_000 }).state).toMatchObject({
    name: "choosing",
    refusal: { reason: "too-late" },
  });
});

test("a clock that is set differently makes nobody wait for ever", () => {
  const late = refused(needs("code-shown", "it holds until 2031-01-01T00:00:00.000Z"));
  expect(after(opened, { type: "agreed" }, late).state).toMatchObject({ endsAtMs: NOW + 120_000 });
});

test("a wrong code is told, and the field is empty for the next", () => {
  const { state, sent } = after(
    opened,
    { type: "agreed" },
    shown,
    { type: "typed", text: "000000" },
    refused(needs("wrong-code")),
  );
  expect(state).toMatchObject({
    name: "confirming",
    code: "",
    isSent: false,
    wrongTries: 1,
    refusal: { reason: "wrong-code" },
  });
  expect(sent).toHaveLength(2);
});

test("after too many the code is void, and what was ticked stays until another can be had", () => {
  const spent = refused(needs("too-many-tries", "void", "ask for another after 2026-11-21T20:46:41.000Z"));
  const { state } = after(opened, { type: "agreed" }, shown, { type: "typed", text: "000000" }, spent);
  expect(state).toMatchObject({ name: "void", endsAtMs: NOW + 90_000 });
  expect(step(state, { type: "agreed" })).toEqual({ state, send: null });
  const next = step(state, { type: "timed", atMs: NOW + 90_000 }).state;
  expect(next).toMatchObject({ name: "choosing", chosen: new Set(["filesystem"]) });
});

test("another request that waits for its code is waited for", () => {
  expect(after(opened, { type: "agreed" }, refused(needs("another-waits"))).state).toMatchObject({ name: "void" });
});

test("whatever else is refused leads back to the choice", () => {
  const refusal = { code: "refused-by-trust", detail: "it is modified", reason: "modified" };
  expect(after(opened, { type: "agreed" }, refused(refusal)).state).toMatchObject({ name: "choosing", refusal });
});

test("nothing chosen is nothing asked", () => {
  expect(after(opened, { type: "ticked", capability: "filesystem", isOn: false }, { type: "agreed" }).sent).toEqual([]);
});

test("only what is offered is ever asked for, and never while an answer is under way", () => {
  const events = fc.array(
    fc.oneof(
      fc.constant(opened),
      fc.record({
        type: fc.constant("ticked" as const),
        capability: fc.constantFrom("network", "filesystem", "display"),
        isOn: fc.boolean(),
      }),
      fc.constant<GrantEvent>({ type: "agreed" }),
      fc.record({
        type: fc.constant("typed" as const),
        text: fc.string({ unit: fc.constantFrom("1", "2", " ", "x"), maxLength: 9 }),
      }),
      fc.constant(shown),
      fc
        .constantFrom("wrong-code", "too-many-tries", "another-waits", "code-shown")
        .map((reason) => refused(needs(reason))),
      fc.constant<GrantEvent>({ type: "answered", granted: [] }),
      fc.nat(200_000).map((ms): GrantEvent => ({ type: "timed", atMs: NOW + ms })),
    ),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(events, (all) => {
      let state = CLOSED;
      let isUnderWay = false;
      for (const event of all) {
        if (event.type === "answered" || event.type === "refused" || event.type === "opened") isUnderWay = false;
        const next = step(state, event);
        state = next.state;
        if (next.send === null) continue;
        expect(isUnderWay).toBe(false);
        isUnderWay = true;
        expect(next.send.capabilities.length).toBeGreaterThan(0);
        for (const name of next.send.capabilities) expect(["filesystem", "network"]).toContain(name);
        if (next.send.code !== undefined) expect(next.send.code).toMatch(/^\d{6}$/);
      }
    }),
    { numRuns: 400 },
  );
});

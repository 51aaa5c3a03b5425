import { manualClock } from "@mimolo/agent-sdk/testing";
import { expect, test } from "vitest";
import type { Caller } from "../../../src/api/login/access.ts";
import { type Confirmation, Confirmations } from "../../../src/api/confirmations/confirmations.ts";

const page = (holder: string): Caller => ({ transport: "tcp", scope: "admin", by: "api", holder });
const wish = { plugin_id: "acme.x", capabilities: ["subprocess", "network"] };

function scene() {
  const shown: Confirmation[] = [];
  const clock = manualClock({ wallMs: 0 });
  const confirmations = new Confirmations({ clock, show: (confirmation) => shown.push(confirmation) });
  /** `ok`, or the reason why not. */
  const ask = (code?: string, { holder = "me", request = wish } = {}) => {
    try {
      confirmations.confirm(page(holder), request, code);
      return "ok";
    } catch (error) {
      return (error as { reason: string }).reason;
    }
  };
  const wrong = () => (shown.at(-1)?.code === "000000" ? "000001" : "000000");
  return { clock, shown, ask, wrong, confirmations };
}

test("a code is shown once and lets exactly that through, once", () => {
  const { shown, ask } = scene();
  expect([ask(), ask()]).toEqual(["code-shown", "code-shown"]);
  expect(shown).toMatchObject([{ ...wish, expires_at: "1970-01-01T00:02:00.000Z" }]);
  const code = shown[0]?.code;
  expect(code).toMatch(/^\d{6}$/u);
  expect(ask(code, { request: { ...wish, capabilities: ["network"] } })).toBe("another-waits");
  expect(ask(code, { request: { ...wish, capabilities: ["network", "subprocess"] } })).toBe("ok");
  expect(ask(code)).toBe("wrong-code");
});

test("a code is the caller's own, and each has one of theirs", () => {
  const { shown, ask } = scene();
  ask();
  expect(ask(shown[0]?.code, { holder: "you" })).toBe("wrong-code");
  expect(ask(undefined, { holder: "you" })).toBe("code-shown");
  expect(shown).toHaveLength(2);
});

test("five wrong ones end it, and asking again within its time brings no other", () => {
  const { clock, shown, ask, wrong } = scene();
  ask();
  expect(Array.from({ length: 5 }, () => ask(wrong()))).toEqual([
    ...Array.from({ length: 4 }, () => "wrong-code"),
    "too-many-tries",
  ]);
  expect([ask(shown[0]?.code), ask()]).toEqual(["too-many-tries", "too-many-tries"]);
  clock.advance(2 * 60_000);
  expect(ask()).toBe("code-shown");
  expect(shown).toHaveLength(2);
});

test("two minutes later it is void", () => {
  const { clock, shown, ask } = scene();
  ask();
  clock.advance(2 * 60_000);
  expect(ask(shown[0]?.code)).toBe("wrong-code");
});

test("a terminal is not flooded: sixteen callers wait, the next is told to", () => {
  const { shown, ask } = scene();
  const answers = Array.from({ length: 17 }, (_, n) => ask(undefined, { holder: String(n) }));
  expect(answers.at(-1)).toBe("confirmations");
  expect(shown).toHaveLength(16);
});

test("over the socket nothing is asked", () => {
  const { shown, confirmations } = scene();
  confirmations.confirm({ transport: "socket", scope: "admin", by: "cli" }, wish, undefined);
  expect(shown).toEqual([]);
});

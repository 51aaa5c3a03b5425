import { expect, test } from "vitest";
import { choose } from "../../src/messages/confidence.ts";
import { supports, TypesSaid } from "../../src/messages/supported-types.ts";

const bids = (...said: unknown[]) => said.map((each, index) => ({ handler: index, said: each }));

test("the most confident handles it, of equal ones the first", () => {
  expect(choose(bids(0.2, 0.9, 0.9)).chosen).toEqual({ handler: 1, confidence: 0.9 });
  expect(choose(bids(0, 0)).chosen).toBeNull();
  expect(choose(bids()).chosen).toBeNull();
});

test("whatever is no number from 0 to 1 counts as 0, and is named", () => {
  const { chosen, wrong } = choose(bids(1.01, -0.1, "0.9", Number.NaN, Number.POSITIVE_INFINITY, null, [1], 0.1, true));
  expect(chosen).toEqual({ handler: 7, confidence: 0.1 });
  expect(wrong).toEqual([0, 1, 2, 3, 4, 5, 6, 8]);
});

test("types end in * for all that begin so; who names none takes all", () => {
  expect(supports(null, "x")).toBe(true);
  expect(supports(new Set(["chat.*", "note"]), "chat.new")).toBe(true);
  expect(supports(new Set(["chat.*", "note"]), "notes")).toBe(false);
  expect(supports(new Set(), "x")).toBe(false);
});

test("a process is asked for its types once; one that had no time is asked again", async () => {
  const said = new TypesSaid();
  let asked = 0;
  const answer = { ok: true, data: ["a"], label: "x", pluginId: "local.x", tookMs: 1 } as const;
  const ask = () => Promise.resolve((asked += 1) > 0 ? answer : answer);
  const [types] = await Promise.all([said.of("x", ask), said.of("x", ask)]);
  expect([...(types ?? [])]).toEqual(["a"]);
  expect(asked).toBe(1);
  said.forget("x");
  await said.of("x", ask);
  expect(asked).toBe(2);
  const late = { ok: false, code: "timed-out", message: "", tookMs: 1_000 } as const;
  expect(await said.of("y", () => Promise.resolve(late))).toBeNull();
  await Promise.resolve();
  await said.of("y", ask);
  expect(asked).toBe(3);
  const odd = { ...answer, data: [1] };
  expect(await said.of("z", () => Promise.resolve(odd))).toBeNull();
});

import { expect, test } from "vitest";
import { abandon, BURST_EVERY_MS, BURST_MS, declare, noBurst, passTime } from "../../src/budgets/intensive.ts";

test("a burst lasts five minutes and ends by itself", () => {
  const { intensive, finding } = declare(noBurst, "intensive", 1_000);
  expect(finding).toEqual({ type: "begun" });
  expect(passTime(intensive, BURST_MS + 999).intensive.on).toBe(true);
  const over = passTime(intensive, BURST_MS + 1_000);
  expect(over.finding).toEqual({ type: "ended", afterMs: BURST_MS, why: "over" });
  expect(over.intensive.on).toBe(false);
});

test("saying it again changes nothing, saying normal ends it", () => {
  const { intensive } = declare(noBurst, "intensive", 0);
  expect(declare(intensive, "intensive", 60_000)).toEqual({ intensive, finding: null });
  expect(declare(intensive, "normal", 90_000).finding).toEqual({ type: "ended", afterMs: 90_000, why: "said" });
});

test("there is one burst in half an hour, and the refusal is told once", () => {
  const first = declare(declare(noBurst, "intensive", 0).intensive, "normal", 10_000).intensive;
  const refused = declare(first, "intensive", 600_000);
  expect(refused.finding).toEqual({ type: "refused", againInMs: BURST_EVERY_MS - 600_000 });
  expect(refused.intensive.on).toBe(false);
  expect(declare(refused.intensive, "intensive", 700_000).finding).toBeNull();
  expect(declare(refused.intensive, "intensive", BURST_EVERY_MS).finding).toEqual({ type: "begun" });
});

test("a new process buys no new burst", () => {
  const { intensive } = declare(noBurst, "intensive", 0);
  const gone = abandon(intensive, 5_000);
  expect(gone.finding).toMatchObject({ type: "ended", why: "gone" });
  expect(declare(gone.intensive, "intensive", 6_000).finding).toMatchObject({ type: "refused" });
});

test("normal without a burst is nothing", () => {
  expect(declare(noBurst, "normal", 0)).toEqual({ intensive: noBurst, finding: null });
  expect(abandon(noBurst, 0).finding).toBeNull();
});

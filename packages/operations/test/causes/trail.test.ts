import { expect, test } from "vitest";
import { MOST_KEPT, Trail } from "../../src/causes/trail.ts";

const causeOf = (id: string) => ({ id, hops: 0, chain: [] });

test("however many events reach an agent, only the last ones are kept", () => {
  const trail = new Trail();
  for (let each = 0; each <= MOST_KEPT; each += 1) trail.add(causeOf(`e${each}`), each);
  expect(trail.named("e0")).toBeUndefined();
  expect(trail.named("e1")).toEqual(causeOf("e1"));
});

test("a flood of events does not make it forget the call that it is at work on", () => {
  const trail = new Trail();
  trail.add(causeOf("call"), 0, true);
  for (let each = 0; each < 2 * MOST_KEPT; each += 1) trail.add(causeOf(`e${each}`), each);
  expect(trail.named("call")).toEqual(causeOf("call"));
  trail.close("call", 0);
  trail.add(causeOf("last"), 0);
  expect(trail.named("call")).toBeUndefined();
});

test("calls alone are forgotten too when they are too many", () => {
  const trail = new Trail();
  for (let each = 0; each <= MOST_KEPT; each += 1) trail.add(causeOf(`c${each}`), each, true);
  expect(trail.named("c0")).toBeUndefined();
  expect(trail.named(`c${MOST_KEPT}`)).toBeDefined();
});

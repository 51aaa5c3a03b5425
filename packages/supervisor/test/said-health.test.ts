import { expect, test } from "vitest";
import { SaidHealth } from "../src/said-health.ts";

test("a new word is heeded at once, the same again is no news", () => {
  const said = new SaidHealth();
  expect(said.take(1_000)).toBe(null);
  said.say("degraded");
  expect(said.take(1_000)).toBe("degraded");
  said.say("degraded");
  expect(said.take(1_001)).toBe(null);
  said.say("ok");
  expect(said.take(1_002)).toBe("ok");
});

test("whoever says another word with every line is heeded twenty times, then once in five seconds", () => {
  const said = new SaidHealth();
  let heeded = 0;
  for (let atMs = 1; atMs <= 60_000; atMs++) {
    said.say(atMs % 2 === 0 ? "ok" : "overload");
    if (said.take(atMs) !== null) heeded++;
  }
  expect(heeded).toBeGreaterThanOrEqual(20 + 10);
  expect(heeded).toBeLessThanOrEqual(20 + 12);
});

test("its last word is heeded in the end, when it is heard again", () => {
  const said = new SaidHealth();
  for (let line = 0; line < 100; line++) {
    said.say(line % 2 === 0 ? "overload" : "degraded");
    said.take(1_000);
  }
  said.say("ok");
  expect(said.take(2_000)).toBe(null);
  expect(said.take(7_000)).toBe("ok");
});

import { test } from "vitest";
import { expectOneTimeline } from "./thousand-histories.ts";

test("of a thousand stories, quarter 1: live, replayed and brute force agree to the millisecond", () => {
  expectOneTimeline(250, 1);
});

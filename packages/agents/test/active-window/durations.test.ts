import fc from "fast-check";
import { expect, test } from "vitest";
import { WindowDurations } from "../../src/active-window/durations.ts";

const editor = { class: "Editor", title: null };
const browser = { class: "Browser", title: null };

test("time goes to the window that was in front, and a switch is a change of window", () => {
  const durations = new WindowDurations();
  durations.see(editor, 0);
  durations.see(editor, 1_000);
  durations.see(browser, 1_500);
  durations.see(null, 4_000);
  durations.see(editor, 5_000);
  expect(durations.take(5_250)).toEqual({
    observed_s: 5.25,
    windows: [
      { class: "Browser", duration_s: 2.5 },
      { class: "Editor", duration_s: 1.75 },
    ],
    none_s: 1,
    switches: 2,
  });
  expect(durations.take(6_000)).toEqual({
    observed_s: 0.75,
    windows: [{ class: "Editor", duration_s: 0.75 }],
    none_s: 0,
    switches: 0,
  });
});

test("time in which nobody could look belongs to no window", () => {
  const durations = new WindowDurations();
  durations.see(editor, 0);
  durations.lose(100);
  durations.see(editor, 90_000);
  expect(durations.take(90_100)).toMatchObject({ observed_s: 0.2, none_s: 0 });
});

test("a title that always changes is no reason to grow", () => {
  const durations = new WindowDurations();
  for (let ms = 0; ms < 5_000; ms += 1) durations.see({ class: "Player", title: `${ms}` }, ms);
  const taken = durations.take(5_000);
  expect(taken.windows).toHaveLength(50);
  expect(taken.others_s).toBeCloseTo(4.95);
});

test("whatever is in front in whatever order, every millisecond is told once", () => {
  const step = fc.record({
    window: fc.constantFrom(editor, browser, { class: "Editor", title: "a" }, null, "lost" as const),
    afterMs: fc.nat(5_000),
    takes: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const durations = new WindowDurations();
      let [nowMs, seenMs, toldMs, isSeen] = [0, 0, 0, false];
      const told = () => {
        const taken = durations.take(nowMs);
        const sum = taken.windows.reduce((total, each) => total + each.duration_s, taken.none_s);
        expect(sum).toBeCloseTo(taken.observed_s, 6);
        toldMs += 1_000 * taken.observed_s;
      };
      for (const { window, afterMs, takes } of steps) {
        nowMs += afterMs;
        if (isSeen) seenMs += afterMs;
        isSeen = window !== "lost";
        if (window === "lost") durations.lose(nowMs);
        else durations.see(window, nowMs);
        if (takes) told();
      }
      told();
      expect(toldMs).toBeCloseTo(seenMs, 3);
    }),
    { numRuns: 200 },
  );
});

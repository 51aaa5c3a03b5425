import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { StopRequest } from "../../src/run/stop-request.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("a run of sixty days ends after sixty days, though no timer is that long", () => {
  const dayMs = 86_400_000;
  const stop = new StopRequest({ onStopSignal: () => () => {}, nowMs: () => 0, hungUp: () => true });
  stop.askAfter(60 * dayMs);
  vi.advanceTimersByTime(60 * dayMs - 1);
  expect(stop.reason).toBeNull();
  vi.advanceTimersByTime(1);
  expect(stop.reason).toBe("time");
});

test("whoever listens no longer is not asked, however far the time was", () => {
  const stop = new StopRequest({ onStopSignal: () => () => {}, nowMs: () => 0, hungUp: () => true });
  stop.askAfter(2 ** 32);
  vi.advanceTimersByTime(2 ** 31);
  stop.end();
  vi.advanceTimersByTime(2 ** 32);
  expect(stop.reason).toBeNull();
});

import type { CollectorEvents } from "@mimolo/operations";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { tidyAfterStarts } from "../../src/run/tidy-heap.ts";

type Changed = (change: CollectorEvents["agent:state"]) => void;

/** A collector of which only the starts of agents are seen. */
class Starts {
  readonly #listeners = new Set<Changed>();

  on(_name: string, listener: Changed): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  running(count: number): void {
    const change = { label: "a", previous: "handshaking", health: "ok", condition: "free", cause: "", at: "" };
    for (let i = 0; i < count; i++) for (const listener of this.#listeners) listener({ ...change, state: "running" });
  }
}

let starts: Starts;
let collected: number;
let end: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  starts = new Starts();
  collected = 0;
  end = tidyAfterStarts(starts as never, () => collected++);
});
afterEach(() => {
  end();
  vi.useRealTimers();
});

test("after many starts garbage is collected once, when they are over", () => {
  starts.running(80);
  vi.advanceTimersByTime(9_000);
  starts.running(80);
  vi.advanceTimersByTime(9_999);
  expect(collected).toBe(0);
  vi.advanceTimersByTime(1);
  expect(collected).toBe(1);
  vi.advanceTimersByTime(100_000);
  expect(collected).toBe(1);
});

test("a few agents cause no pause", () => {
  starts.running(30);
  vi.advanceTimersByTime(100_000);
  expect(collected).toBe(0);
});

test("what was ended collects nothing any more", () => {
  starts.running(200);
  end();
  vi.advanceTimersByTime(100_000);
  expect(collected).toBe(0);
});

test("this runtime lets its garbage be collected, and no door stays open", () => {
  end();
  end = tidyAfterStarts(starts as never);
  starts.running(200);
  expect(() => vi.advanceTimersByTime(10_000)).not.toThrow();
  expect(globalThis).not.toHaveProperty("gc");
});

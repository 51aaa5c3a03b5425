import { expect, test } from "vitest";
import { News } from "../../src/run/news.ts";

test("the same words of an agent are shown once a minute, and how often they came after that", () => {
  const news = new News();
  const shown = [0, 10_000, 20_000, 59_999, 60_000, 70_000].map((nowMs) =>
    news.take({ label: "a", type: "stderr", message: "no" }, "a: no", nowMs),
  );
  expect(shown).toEqual([["a: no"], [], [], [], ["a: 3 more lines like these; `mimolo logs a` has them", "a: no"], []]);
});

test("a flood of different words ends after twenty; the others and the collector are heard", () => {
  const news = new News();
  const flood = Array.from({ length: 500 }, (_, index) =>
    news.take({ label: "a", type: "stderr", message: `${index}` }, `a: ${index}`, index),
  );
  expect(flood.flat()).toHaveLength(20);
  expect(news.take({ label: "b", type: "stderr", message: "hello" }, "b: hello", 500)).toEqual(["b: hello"]);
  expect(news.take({ label: "a", type: "collector", message: "may not" }, "a: may not", 550)).toEqual(["a: may not"]);
  for (const nowMs of [600, 700])
    expect(news.take({ label: null, type: "collector", message: "config" }, "config", nowMs)).toEqual(["config"]);
});

test("of a long traceback the line that names the fault is kept, and those that only point are not", () => {
  const news = new News();
  const told = (message: string, nowMs: number) => news.take({ label: "a", type: "stderr", message }, message, nowMs);
  const frames = Array.from({ length: 15 }, (_, index) => [`  File "a.py", line ${index}`, "    ^^^^^^^^"]).flat();
  const shown = [...frames, ...Array(10).fill("  more"), "  and more", "  yet", "  one", "  two", "  three"].flatMap(
    told,
  );
  expect(shown).not.toContain("    ^^^^^^^^");
  expect(told("TypeError: 'str' object is not a mapping", 40)).toEqual(["TypeError: 'str' object is not a mapping"]);
  const flood = Array.from({ length: 100 }, (_, index) => told(`ValueError: ${index}`, 50 + index)).flat();
  expect(flood.length).toBeLessThanOrEqual(5);
});

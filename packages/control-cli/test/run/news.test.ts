import { expect, test } from "vitest";
import { News } from "../../src/run/news.ts";

test("the same words of an agent are shown once a minute, and how often they came after that", () => {
  const news = new News();
  const shown = [0, 10_000, 20_000, 59_999, 60_000, 70_000].map((nowMs) =>
    news.take({ label: "a", type: "stderr" }, "a: no", nowMs),
  );
  expect(shown).toEqual([["a: no"], [], [], [], ["a: 3 more lines like these; `mimolo logs a` has them", "a: no"], []]);
});

test("a flood of different words ends after twenty; the others and the collector are heard", () => {
  const news = new News();
  const flood = Array.from({ length: 500 }, (_, index) =>
    news.take({ label: "a", type: "stderr" }, `a: ${index}`, index),
  );
  expect(flood.flat()).toHaveLength(20);
  expect(news.take({ label: "b", type: "stderr" }, "b: hello", 500)).toEqual(["b: hello"]);
  expect(news.take({ label: "a", type: "collector" }, "a: may not", 550)).toEqual(["a: may not"]);
  for (const nowMs of [600, 700])
    expect(news.take({ label: null, type: "collector" }, "config", nowMs)).toEqual(["config"]);
});

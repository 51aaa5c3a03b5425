import { expect, test } from "vitest";
import { activityOf, isOwnRelativePath, metricsOf, modeOf, monitorItems, readHealth } from "../../src/wire/index.ts";

test("a summary without an activity signal is passive and knows nothing of work", () => {
  expect(activityOf({ data: {} })).toEqual({ mode: "passive", keep_alive: null });
});

test("an activity signal is read as it stands, further keys left out", () => {
  const signal = { mode: "active" as const, keep_alive: true, reason: "saved", extra: 1 };
  expect(activityOf({ data: { activity_signal: signal } })).toEqual({
    mode: "active",
    keep_alive: true,
    reason: "saved",
  });
});

test("healthy is ok, and a word nobody knows is never an all-clear", () => {
  expect(["healthy", "ok", "failed", "splendid", ""].map(readHealth)).toEqual([
    "ok",
    "ok",
    "failed",
    "degraded",
    "degraded",
  ]);
});

test("a mode is read at top level or in the details", () => {
  expect(modeOf({ mode: "intensive" })).toBe("intensive");
  expect(modeOf({ details: { mode: "intensive" } })).toBe("intensive");
  expect(modeOf({ details: { mode: "turbo" } })).toBeNull();
  expect(modeOf({})).toBeNull();
});

test("metrics of a wrong type are left out, unknown numbers stay", () => {
  const metrics = { cpu: 0.1, mem: "7", queue: null, latency_ms: Infinity, cpu_budget_ok: true, mine: 4, other: true };
  expect(metricsOf({ metrics })).toEqual({ cpu: 0.1, cpu_budget_ok: true, mine: 4 });
  for (const odd of [undefined, null, 5, "x", [1]]) expect(metricsOf({ metrics: odd })).toEqual({});
});

test("a monitor's items are found in the payload, or in data as the oldest agents have them", () => {
  expect(monitorItems({ data: { event: "e", payload: { files: [1] }, files: [2] } }, "files")).toEqual({
    ok: true,
    items: [1],
  });
  expect(monitorItems({ data: { event: "e", files: [2] } }, "files")).toEqual({ ok: true, items: [2] });
  expect(monitorItems({ data: { event: "e", payload: "text", files: null } }, "files")).toEqual({
    ok: true,
    items: null,
  });
});

test("missing items are said to be missing, whatever the header is called", () => {
  for (const header of ["files", "__proto__", "constructor", "toString", "length"]) {
    const message = { data: { event: "e", payload: [1, 2] } };
    expect(monitorItems(message, header)).toEqual({ ok: false, code: "missing-data-header" });
  }
});

test("an artifact's path never leaves its agent's folder", () => {
  for (const path of ["a.png", "shots/2025/a.png", "..a/b..", "a\\b"])
    expect([path, isOwnRelativePath(path)]).toEqual([path, true]);
  for (const path of ["", "/a", "\\a", "C:\\a", "c:a", "file:///a", "../a", "a/../b", "a\\..\\b", "a/..", "a\0b"]) {
    expect([path, isOwnRelativePath(path)]).toEqual([path, false]);
  }
});

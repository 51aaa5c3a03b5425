import fc from "fast-check";
import { expect, test } from "vitest";
import { keyOf, pathOf, titleOf } from "../../src/page/schema-form/setting-path.ts";

test("any path is found again in its name", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 4 }), (path) => {
      expect(pathOf(keyOf(path))).toEqual(path);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ["coalesce_window_s", "Coalesce window (s)"],
  ["cooldown_seconds", "Cooldown (s)"],
  ["memory_mib", "Memory (MiB)"],
  ["cpu_budget_percent", "CPU budget (%)"],
  ["allowed-hosts", "Allowed hosts"],
  ["x", "X"],
  ["_", "_"],
])("%s is read as %s", (name, title) => {
  expect(titleOf(name)).toBe(title);
});

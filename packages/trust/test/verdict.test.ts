import { expect, test } from "vitest";
import { mayRun, verdictOf } from "../src/index.ts";

test("a built-in agent is trusted while it is the file that was shipped", () => {
  const shipped = { kind: "builtin" as const, expectedSha256: "aa" };
  expect(verdictOf({ ...shipped, actualSha256: "aa" })).toBe("trusted");
  expect(verdictOf({ ...shipped, actualSha256: "ab" })).toBe("modified");
  expect(verdictOf({ ...shipped, actualSha256: null })).toBe("missing-file");
});

test("one's own program runs in developer mode only", () => {
  expect(verdictOf({ kind: "own", dev: true })).toBe("dev");
  expect(verdictOf({ kind: "own", dev: false })).toBe("not-allowlisted");
});

test("only trusted and dev are started", () => {
  expect((["trusted", "dev", "modified", "not-allowlisted"] as const).map((verdict) => mayRun(verdict))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

import { expect, test } from "vitest";
import { problem, ProblemError, problemOf } from "../../../src/api/problems/problem.ts";

test("what the library refuses is said in our words, with what would do", () => {
  const tooLarge = Object.assign(new Error("Request body is too large"), { statusCode: 413 });
  expect(problemOf(tooLarge, 65_536)).toMatchObject({
    status: 413,
    code: "body-too-large",
    detail: "a body has at most 64 KiB here",
    hint: "send less, or in several requests",
  });
  expect(problemOf(tooLarge, 68 * 1024 * 1024).detail).toBe("a body has at most 68 MiB here");
  const notJson = Object.assign(new Error("…"), { statusCode: 400, code: "FST_ERR_CTP_INVALID_JSON_BODY" });
  expect(problemOf(notJson)).toMatchObject({ status: 400, code: "invalid-json", detail: "the body is not JSON" });
});

test("what we refuse ourselves keeps its words", () => {
  const mine = new ProblemError("body-too-large", "a package has at most 68 MiB", "have a smaller one", "why");
  const { detail, hint, reason } = problemOf(mine, 65_536);
  expect({ detail, hint, reason }).toEqual({
    detail: "a package has at most 68 MiB",
    hint: "have a smaller one",
    reason: "why",
  });
});

test("a title is words", () => {
  expect(problem("agent-not-running", "…").title).toBe("Agent not running");
  expect(problem("archived_data_rehydrate_required", "…").title).toBe("Archived data rehydrate required");
});

import { constants } from "node:os";
import { expect, test } from "vitest";
import { howTheWrappedEnded } from "../src/wrapped.ts";

test.each([
  [128 + constants.signals.SIGSEGV, null, { code: null, signal: "SIGSEGV" }],
  [128 + constants.signals.SIGABRT, null, { code: null, signal: "SIGABRT" }],
  [3, null, { code: 3, signal: null }],
  [null, "SIGKILL", { code: null, signal: "SIGKILL" }],
  [255, null, { code: 255, signal: null }],
])("a wrapper that ended with %j and %j tells of what it wrapped: %j", (code, signal, ended) => {
  expect(howTheWrappedEnded(code, signal)).toEqual(ended);
});

import type { IncomingMessage } from "node:http";
import { manualClock } from "@mimolo/agent-sdk/testing";
import { expect, test } from "vitest";
import { FailureBucket } from "../../../src/api/guard/failure-bucket.ts";
import { makeGuard } from "../../../src/api/guard/guard.ts";

const tokens = { known: () => null, holds: () => false };
const guard = makeGuard({ tokens, failures: new FailureBucket(manualClock()), transportOf: () => "tcp" });

function admit(headers: Record<string, string>): void {
  const headersDistinct = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  const request = { method: "POST", url: "/api/v1/verify", headers, headersDistinct };
  guard.admit(request as unknown as IncomingMessage, { scope: "read" });
}

test("what a page can send anywhere is refused for its type, whoever it says it is; tokens are looked at after that", () => {
  const simple = { "content-type": "text/plain", "content-length": "2" };
  for (const more of [{}, { authorization: "Bearer unknown" }])
    expect(() => admit({ ...simple, ...more })).toThrow(expect.objectContaining({ code: "unsupported-media-type" }));
  const json = { "content-type": "application/json", "content-length": "2" };
  expect(() => admit(json)).toThrow(expect.objectContaining({ reason: "missing-token" }));
  expect(() => admit({ ...json, authorization: "Bearer unknown" })).toThrow(
    expect.objectContaining({ reason: "bad-token" }),
  );
});

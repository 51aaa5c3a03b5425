import type { IncomingMessage } from "node:http";
import { manualClock } from "@mimolo/agent-sdk/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Access, Transport } from "../../../src/api/login/access.ts";
import { FailureBucket } from "../../../src/api/guard/failure-bucket.ts";
import { makeGuard } from "../../../src/api/guard/guard.ts";
import type { Known } from "../../../src/api/login/tokens.ts";

const scopes = ["read", "control", "admin"] as const;
const tokens = {
  known: (token: string): Known | "expired" | null => {
    const scope = scopes.find((each) => each === token);
    if (scope !== undefined) return { scope, holder: `holder of ${scope}` };
    return token === "old" ? "expired" : null;
  },
  holds: (holder: string) => holder !== "holder of old",
};

function guardOver(transport: Transport) {
  return makeGuard({ tokens, failures: new FailureBucket(manualClock()), transportOf: () => transport });
}

function request(authorization?: string, more: Record<string, string> = {}, url = "/api/v1/x"): IncomingMessage {
  const headers = { ...(authorization === undefined ? {} : { authorization }), ...more };
  const headersDistinct = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  return { method: "POST", url, headers, headersDistinct } as unknown as IncomingMessage;
}

const asked: fc.Arbitrary<Partial<Access>> = fc.record(
  { scope: fc.constantFrom(...scopes, "open" as const), only: fc.constant("socket" as const) },
  { requiredKeys: [] },
);

test("over TCP nobody gets more than the token is good for, and nothing that is for the socket only", () => {
  fc.assert(
    fc.property(asked, fc.constantFrom(...scopes, "old", "unknown"), (access, token) => {
      const guard = guardOver("tcp");
      const wanted = access.scope ?? "admin";
      const held = scopes.findIndex((scope) => scope === token);
      const suffices = held >= scopes.findIndex((scope) => scope === wanted) && held >= 0;
      const isAllowed = wanted === "open" || (suffices && access.only === undefined);
      const admit = () => guard.admit(request(`Bearer ${token}`), access);
      if (isAllowed) expect(admit()).toMatchObject({ transport: "tcp", by: "api" });
      else expect(admit).toThrow();
    }),
    { numRuns: 300 },
  );
});

test("over the socket everybody is the owner, whatever they show, and may say that they are the command", () => {
  const guard = guardOver("socket");
  expect(guard.admit(request("Bearer nonsense"), { scope: "admin", only: "socket" })).toEqual({
    transport: "socket",
    scope: "admin",
    by: "api",
  });
  expect(guard.admit(request(undefined, { "x-mimolo-by": "cli" }), {}).by).toBe("cli");
  expect(guardOver("tcp").admit(request("Bearer admin", { "x-mimolo-by": "cli" }), {}).by).toBe("api");
});

test("a route that forgot to say what it asks for is the owner's", () => {
  expect(() => guardOver("tcp").admit(request("Bearer control"), {})).toThrow(
    expect.objectContaining({ code: "forbidden", reason: "scope" }),
  );
});

test("a WebSocket without a token may bring it later, one with a bad one is refused at once", () => {
  const guard = guardOver("tcp");
  expect(guard.admitUpgrade(request())).toBeNull();
  expect(guard.admitUpgrade(request("Bearer read"))).toMatchObject({ scope: "read", holder: "holder of read" });
  expect(() => guard.admitUpgrade(request("Bearer unknown"))).toThrow(expect.objectContaining({ reason: "bad-token" }));
  expect(() => guard.admitUpgrade(request(undefined, {}, "/api/v1/events?token=admin"))).toThrow(
    expect.objectContaining({ reason: "token-in-query" }),
  );
  expect(guard.callerWith("control")).toMatchObject({ scope: "control" });
  expect([guard.callerWith("old"), guard.callerWith("unknown")]).toEqual([null, null]);
});

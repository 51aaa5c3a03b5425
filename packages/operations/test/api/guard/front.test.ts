import fc from "fast-check";
import { expect, test } from "vitest";
import { checkFront, checkTarget, hostsAt } from "../../../src/api/guard/front.ts";

const hosts = hostsAt(7466);
const passes = (headers: Record<string, string[]>, url = "/api/v1/status") => {
  try {
    checkFront({ headersDistinct: { host: ["127.0.0.1:7466"], ...headers }, url }, hosts);
    return true;
  } catch {
    return false;
  }
};

const piece = fc.constantFrom(
  "127.0.0.1",
  "localhost",
  ":",
  "7466",
  ".",
  "@",
  " ",
  "\t",
  "0",
  "[::1]",
  "evil",
  "http://",
  "",
);
const near = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(""));

test("of all that looks like a Host of ours only ours passes", () => {
  fc.assert(
    fc.property(near, (host) => {
      expect(passes({ host: [host] })).toBe(hosts.includes(host));
    }),
    { numRuns: 2_000 },
  );
});

test("of all that looks like an Origin of ours only ours passes", () => {
  const ours = new Set(hosts.map((host) => `http://${host}`));
  fc.assert(
    fc.property(
      fc.oneof(
        near,
        near.map((rest) => `http://${rest}`),
      ),
      (origin) => {
        expect(passes({ origin: [origin] })).toBe(ours.has(origin));
      },
    ),
    { numRuns: 2_000 },
  );
});

test("whatever is said twice is refused, even if it is right both times", () => {
  for (const [name, value] of Object.entries({
    host: "127.0.0.1:7466",
    origin: "http://127.0.0.1:7466",
    "sec-fetch-site": "same-origin",
  })) {
    expect([name, passes({ [name]: [value] })]).toEqual([name, true]);
    expect([name, passes({ [name]: [value, value] })]).toEqual([name, false]);
  }
});

test("a target is a path", () => {
  for (const target of ["/", "/api/v1/status?x=//y"]) expect(() => checkTarget(target)).not.toThrow();
  for (const target of ["", "*", "//evil/", "http://127.0.0.1:7466/", undefined])
    expect(() => checkTarget(target)).toThrow();
});

test("on HTTP's own port a browser leaves the port out", () => {
  expect(hostsAt(80)).toEqual(["127.0.0.1:80", "localhost:80", "127.0.0.1", "localhost"]);
});

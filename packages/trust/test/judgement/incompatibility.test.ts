import { expect, test } from "vitest";
import { judgePackage } from "../../src/index.ts";
import { around, freshKey, packageOf, trusting } from "../samples.ts";

const key = freshKey();

function judged(fields: object, more = {}) {
  return judgePackage(packageOf(key, { ...fields }), trusting(key), around(more));
}

const fits: [string, object, object][] = [
  ["no wishes", {}, {}],
  ["any MiMoLo from 0.4", { engines: { mimolo: ">=0.4" } }, {}],
  ["a preview of what it wants", { engines: { mimolo: ">=0.4 <1" } }, { version: "0.5.0-next.1" }],
  ["this platform among others", { platforms: ["win32", "linux"] }, {}],
  ["an older protocol", { protocol: { min: "0.2", max: "0.3" } }, {}],
  ["this protocol", { protocol: { min: "0.4", max: "0.4" } }, {}],
  ["this Python", { entry: "main.py", runtime: "python", engines: { python: ">=3.8 <3.12" } }, { python: "3.11.7" }],
  ["a Python that does not run it", { engines: { python: ">=99" } }, { python: "3.11.7" }],
  ["a Node it is not asked about", { engines: { node: ">=99" } }, {}],
];

test.each(fits)("a plugin with %s fits", (_what, fields, more) => {
  expect(judged(fields, more)).toMatchObject({ verdict: "trusted", reason: "" });
});

const misfits: [string, object, object, RegExp][] = [
  ["a newer MiMoLo", { engines: { mimolo: ">=0.5" } }, {}, /wants MiMoLo >=0\.5, and this is 0\.4\.0; install/],
  [
    "no range",
    { engines: { mimolo: "new \u202e" } },
    {},
    /“new \\u\{202e\}”, which is no range of versions; tell its author/,
  ],
  ["another platform", { platforms: ["darwin", "win32"] }, {}, /runs on darwin, win32 only, and this is linux/],
  ["a newer protocol", { protocol: { min: "0.9" } }, {}, /speaks protocol 0\.9 to newer, and this is 0\.4/],
  ["the next protocol", { protocol: { min: "1.0", max: "1.2" } }, {}, /speaks protocol 1\.0 to 1\.2/],
  [
    "another Node",
    { engines: { node: ">=22" } },
    { node: "20.20.2" },
    /wants Node >=22, and this is 20\.20\.2; install that Node/,
  ],
  [
    "another Python",
    { entry: "main.py", runtime: "python", engines: { python: ">=3.8 <3.12" } },
    { python: "3.12.0" },
    /wants Python >=3\.8 <3\.12, and this is 3\.12\.0; install that Python/,
  ],
];

test.each(misfits)("a plugin for %s does not, and says what would help", (_what, fields, more, why) => {
  const { verdict, reason } = judged(fields, more);
  expect(verdict).toBe("incompatible");
  expect(reason).toMatch(why);
});

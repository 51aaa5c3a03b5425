import { expect, test } from "vitest";
import {
  highWaterOf,
  judgeScript,
  NO_TRUST,
  raiseHighWater,
  signAllow,
  withAllow,
  withGrants,
  withKey,
  withoutAllow,
} from "../../src/index.ts";
import { codeOf, freshKey, LATER, packageEntry, scriptEntry, sha256, trusted } from "../samples.ts";

test("what is allowed again replaces what was allowed before: packages by id, files by path", () => {
  const config = scriptEntry({ kind: "config" });
  const first = [packageEntry(), scriptEntry(), config].reduce(withAllow, NO_TRUST);
  expect(first.allow).toHaveLength(3);
  const newer = packageEntry({ version: "2.0.0", digest: sha256("2") });
  const edited = scriptEntry({ digest: sha256("edited") });
  expect([newer, edited].reduce(withAllow, first).allow).toEqual([config, newer, edited]);
  expect(withAllow(first, packageEntry({ plugin_id: "acme.y" })).allow).toHaveLength(4);
});

test("what is no longer allowed is forgotten by its id or path, and nothing else is", () => {
  const data = [packageEntry(), packageEntry({ plugin_id: "acme.y" }), scriptEntry()].reduce(withAllow, NO_TRUST);
  expect(withoutAllow(data, "acme.x").allow).toEqual([packageEntry({ plugin_id: "acme.y" }), scriptEntry()]);
  expect(withoutAllow(data, "/home/u/agent.py").allow).toHaveLength(2);
  expect(withoutAllow(data, "acme").allow).toHaveLength(3);
});

test("the grants of a package change without its digest", () => {
  const data = withGrants(withAllow(NO_TRUST, packageEntry()), "acme.x", ["network", "filesystem", "network"]);
  expect(data.allow).toEqual([packageEntry({ grants: ["network", "filesystem"] })]);
  expect(codeOf(() => withGrants(data, "acme.y", []))).toBe("unknown-entry");
});

test("the grants of a script are signed with the rest of its entry", () => {
  const key = freshKey();
  const entry = signAllow(scriptEntry(), key);
  const data = withAllow(withKey(NO_TRUST, trusted(key, { source: "self", scope: ["local.*"] })), entry);
  expect(codeOf(() => withGrants(data, "/home/u/agent.py", ["network"]))).toBe("needs-key");
  const granted = withGrants(data, "/home/u/agent.py", ["network"], { key });
  expect(granted.allow[0]).toMatchObject({ grants: ["network"], digest: entry.digest, at: entry.at });
  expect(judgeScript({ path: "/home/u/agent.py", sha256: entry.digest }, granted).verdict).toBe("trusted");
});

test("a grant that came later has its own time and hand; one that is taken and given anew those of the last time", () => {
  const first = withAllow(NO_TRUST, packageEntry({ grants: ["network", "midi"] }));
  const given = { at: LATER, by: "api" };
  const anew = withGrants(withGrants(first, "acme.x", ["network"]), "acme.x", ["network", "midi"], { given });
  expect(anew.allow).toEqual([packageEntry({ grants: ["network", "midi"], given: { midi: given } })]);
  expect(withGrants(anew, "acme.x", ["midi"]).allow[0]?.given).toEqual({ midi: given });
  expect(withGrants(anew, "acme.x", ["network"]).allow).toEqual([packageEntry({ grants: ["network"] })]);
});

test("the time and hand of a script's grant are signed with it", () => {
  const key = freshKey();
  const data = withAllow(
    withKey(NO_TRUST, trusted(key, { source: "self", scope: ["local.*"] })),
    signAllow(scriptEntry(), key),
  );
  const granted = withGrants(data, "/home/u/agent.py", ["network"], { key, given: { at: LATER, by: "api" } });
  const facts = { path: "/home/u/agent.py", sha256: scriptEntry().digest };
  expect(judgeScript(facts, granted).verdict).toBe("trusted");
  const [entry = scriptEntry()] = granted.allow;
  const forged = withAllow(granted, { ...entry, given: { network: { at: LATER, by: "cli" } } });
  expect(judgeScript(facts, forged).verdict).not.toBe("trusted");
});

const refused: [string, object][] = [
  ["a digest in upper case", { digest: sha256("x").toUpperCase() }],
  ["a path from here", { path: "agent.py" }],
  ["a grant that is none", { grants: ["Files!"] }],
  ["a grant twice", { grants: ["network", "network"] }],
  ["a time of a grant it does not hold", { given: { network: { at: LATER, by: "cli" } } }],
  ["a grant given at no time", { grants: ["network"], given: { network: { at: "yesterday", by: "cli" } } }],
  ["a grant given by many lines", { grants: ["network"], given: { network: { at: LATER, by: "a\nb" } } }],
  ["a plugin id", { plugin_id: "acme.x" }],
  ["a signature that is none", { sig: "AAAA" }],
  ["the id of a key in lower case", { key_id: "ab".repeat(8) }],
];

test.each(refused)("a script's entry with %s is refused", (_what, more) => {
  expect(codeOf(() => withAllow(NO_TRUST, scriptEntry(more)))).toBe("bad-trust-data");
});

test("an entry of a package has an id and a version, and no path", () => {
  for (const more of [{ plugin_id: "Acme" }, { version: "1" }, { version: "v1.0.0" }, { path: "/x" }])
    expect(codeOf(() => withAllow(NO_TRUST, packageEntry(more)))).toBe("bad-trust-data");
});

test("a configuration holds no grants", () => {
  const data = withAllow(NO_TRUST, scriptEntry({ kind: "config" }));
  expect(codeOf(() => withGrants(data, "/home/u/agent.py", ["network"]))).toBe("unknown-entry");
});

test("a mark only rises, by the order of semantic versions", () => {
  const marks = ["1.9.0", "1.10.0", "1.10.0-rc.1", "1.2.0", "1.10.0+build"].reduce(
    (data, version) => raiseHighWater(data, "acme.x", version),
    NO_TRUST,
  );
  expect(marks.high_water).toEqual({ "acme.x": "1.10.0" });
  expect(raiseHighWater(marks, "acme.x", "2.0.0-rc.1").high_water).toEqual({ "acme.x": "2.0.0-rc.1" });
  expect(codeOf(() => raiseHighWater(marks, "acme.x", "latest"))).toBe("bad-trust-data");
  expect(codeOf(() => raiseHighWater(marks, "__proto__", "1.0.0"))).toBe("bad-trust-data");
});

test("a plugin with a name that every object knows has no mark by that", () => {
  expect(highWaterOf(NO_TRUST, "constructor")).toBeNull();
  expect(highWaterOf(raiseHighWater(NO_TRUST, "constructor", "1.0.0"), "constructor")).toBe("1.0.0");
});

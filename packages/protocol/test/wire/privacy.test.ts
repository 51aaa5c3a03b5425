import { compilePrivacy as compile, type PrivacyRule, REDACTED } from "@mimolo/protocol/wire";
import { RE2JS } from "re2js";
import { expect, test } from "vitest";

const compilePrivacy = (rules: readonly PrivacyRule[]) => compile(rules, () => RE2JS);

const rule = (more: Partial<PrivacyRule>): PrivacyRule => ({
  name: "titles",
  match_agent: "*",
  field: "data.title",
  ...(more.regex === undefined ? { glob: "*bank*" } : {}),
  action: "redact",
  ...more,
});
const summary = (data: object) => ({ type: "summary", data });
const apply = (rules: readonly PrivacyRule[], data: object, label = "window") =>
  compilePrivacy(rules).apply(label, summary(data));
/** What is left of `data`, `"drop"`, or `"keep"`. */
const left = (more: Partial<PrivacyRule>, data: object): unknown => {
  const verdict = apply([rule(more)], data);
  return verdict.verdict === "redact" ? verdict.message["data"] : verdict.verdict;
};

test("without rules, and where no rule covers anything, a message is kept", () => {
  expect(compilePrivacy([]).apply("window", summary({ title: "My bank" }))).toEqual({ verdict: "keep" });
  expect(left({}, { title: "Editor" })).toBe("keep");
  expect(left({}, { heading: "My bank" })).toBe("keep");
  expect(left({ field: "data.a.b.c" }, { a: "bank" })).toBe("keep");
  expect(left({ glob: "*" }, { title: null })).toBe("keep");
});

test("a redacted message keeps all but the value and says by which rules; the one given is not changed", () => {
  const message = { type: "summary", seq: 3, data: { title: "My Bank", count: 2 } };
  const before = structuredClone(message);
  expect(compilePrivacy([rule({}), rule({ name: "all", glob: "*" })]).apply("window", message)).toEqual({
    verdict: "redact",
    rules: ["titles", "all"],
    message: { type: "summary", seq: 3, data: { title: REDACTED, count: 2 } },
  });
  expect(message).toEqual(before);
});

test("one dropping rule is enough, whatever others redact", () => {
  const rules = [rule({ name: "softly", glob: "*" }), rule({ name: "hard", action: "drop" })];
  expect(apply(rules, { title: "the bank" })).toEqual({ verdict: "drop", rules: ["hard"] });
  expect(apply(rules, { title: "editor" })).toMatchObject({ verdict: "redact", rules: ["softly"] });
});

test("a rule is for the agents its pattern fits", () => {
  const filter = compilePrivacy([rule({ match_agent: "win*" }), rule({ name: "b", match_agent: "browser" })]);
  expect(filter.rulesFor("window").map(({ name }) => name)).toEqual(["titles"]);
  expect(filter.apply("browser", summary({ title: "bank" }))).toMatchObject({ rules: ["b"] });
  expect(filter.apply("git", summary({ title: "bank" }))).toEqual({ verdict: "keep" });
});

test("a glob covers the whole text in any case, composed or not, over line ends", () => {
  expect(left({ glob: "*café?*" }, { title: "le CAFE\u0301\n2" })).toEqual({ title: REDACTED });
  expect(left({ glob: "bank" }, { title: "my bank" })).toBe("keep");
  expect(left({ glob: "b?nk" }, { title: "b😀nk" })).toEqual({ title: REDACTED });
  expect(left({ glob: "C:\\Users\\*" }, { title: "c:\\users\\me" })).toEqual({ title: REDACTED });
  expect(left({ glob: "a[b]c.*" }, { title: "abcd" })).toBe("keep");
});

test("a regular expression may match anywhere; (?i) ignores case, a point takes line ends", () => {
  expect(left({ regex: "b.nk$" }, { title: "my b\nnk" })).toEqual({ title: REDACTED });
  expect(left({ regex: "bank" }, { title: "BANK" })).toBe("keep");
  expect(left({ regex: "(?i)bank" }, { title: "BANK" })).toEqual({ title: REDACTED });
  expect(left({ regex: "caf\u00e9" }, { title: "cafe\u0301" })).toEqual({ title: REDACTED });
  expect(left({ regex: "a\\-b" }, { title: "a-b" })).toEqual({ title: REDACTED });
  expect(left({ regex: "^\\p{Lu}" }, { title: "É" })).toEqual({ title: REDACTED });
});

test("numbers and yes-or-no are covered as JSON writes them", () => {
  expect(left({ glob: "42" }, { title: 42 })).toEqual({ title: REDACTED });
  expect(left({ regex: "^tr" }, { title: true })).toEqual({ title: REDACTED });
});

test("an object or list is covered by any text or key inside it and goes whole", () => {
  expect(left({}, { title: ["editor", { deep: ["the bank"] }] })).toEqual({ title: REDACTED });
  expect(left({}, { title: { "My bank": 3 } })).toEqual({ title: REDACTED });
  expect(left({}, { title: ["editor"] })).toBe("keep");
});

test("* is any element of an object or list; a list on the way is looked through", () => {
  expect(left({ field: "data.titles.*" }, { titles: ["a", "bank", "b"] })).toEqual({ titles: ["a", REDACTED, "b"] });
  expect(left({ field: "data.*.title" }, { a: { title: "bank" }, b: { title: "x" } })).toEqual({
    a: { title: REDACTED },
    b: { title: "x" },
  });
  expect(left({ field: "data.windows.title" }, { windows: [[{ title: "bank" }], { title: "x" }] })).toEqual({
    windows: [[{ title: REDACTED }], { title: "x" }],
  });
  expect(left({ field: "data.windows.1" }, { windows: ["bank", "bank"] })).toEqual({ windows: ["bank", REDACTED] });
});

test("keys with dots in them are reached by their words", () => {
  const data = { "window.title": "bank", window: { title: "bank" }, "window.title.x": "bank" };
  expect(left({ field: "data.window.title" }, data)).toEqual({
    "window.title": REDACTED,
    window: { title: REDACTED },
    "window.title.x": "bank",
  });
});

test("only a message's own keys are read, __proto__ like any other", () => {
  expect(left({ field: "data.constructor.name", glob: "*" }, {})).toBe("keep");
  expect(left({ field: "data.title.length", glob: "*" }, { title: "bank" })).toBe("keep");
  const hidden = JSON.parse('{"__proto__":{"title":"bank"},"n":1}') as object;
  expect(JSON.stringify(left({ field: "data.__proto__.title" }, hidden))).toBe(
    `{"__proto__":{"title":"${REDACTED}"},"n":1}`,
  );
  expect(JSON.stringify(left({ field: "data.*" }, hidden))).toBe(`{"__proto__":"${REDACTED}","n":1}`);
});

test("over 4 KiB is covered unread, counted in bytes", () => {
  expect(left({}, { title: "x".repeat(4096) })).toBe("keep");
  expect(left({}, { title: "x".repeat(4097) })).toEqual({ title: REDACTED });
  expect(left({}, { title: "é".repeat(2049) })).toEqual({ title: REDACTED });
  expect(left({}, { title: Array.from({ length: 2049 }, () => 1) })).toEqual({ title: REDACTED });
  expect(left({ action: "drop" }, { title: "x".repeat(4097) })).toBe("drop");
});

test("no rule reaches what is not content; where a message must have a value, it goes with it", () => {
  const message = { type: "summary", timestamp: "2026-11-21T09:00:00Z", seq: 1, stream: "s", data: { title: "bank" } };
  const apart = compilePrivacy([rule({ field: "*", glob: "*" })]);
  expect(apart.apply("window", { ...message, data: {} })).toEqual({ verdict: "keep" });
  expect(apart.apply("window", message)).toEqual({ verdict: "drop", rules: ["titles"] });
  expect(left({ field: "data.activity_signal.mode", glob: "*" }, { activity_signal: { mode: "passive" } })).toBe(
    "drop",
  );
});

test("what an agent redacted itself is named, and never dropped for the word that stands there", () => {
  const rules = [rule({}), rule({ name: "word", glob: "*redacted*", action: "drop" })];
  expect(apply(rules, { title: REDACTED })).toMatchObject({ verdict: "redact", rules: ["titles"] });
});

test("patterns with many stars stay fast on values made against them", () => {
  const beginMs = performance.now();
  const glob = "*a".repeat(49);
  for (let count = 0; count < 20; count += 1) left({ glob: `${glob}b` }, { title: "a".repeat(4096) });
  expect(performance.now() - beginMs).toBeLessThan(2_000);
});

test("no regular expression can be hung by a value made against it", () => {
  const beginMs = performance.now();
  for (const regex of ["(a+)+b$", "a+a+a+b$", "(a|a)*b$", "(?:a?){50}a{50}b$", "(.*a){20}b.c"])
    expect(left({ regex }, { title: `b${"a".repeat(4095)}` })).toBe("keep");
  expect(performance.now() - beginMs).toBeLessThan(2_000);
  expect(() => compilePrivacy([rule({ regex: "(?=a)" })])).toThrow("(?=");
});

test("no engine is loaded for rules that need none", () => {
  const filter = compile([rule({})], () => {
    throw new Error("loaded");
  });
  expect(filter.apply("window", summary({ title: "bank" }))).toMatchObject({ verdict: "redact" });
});

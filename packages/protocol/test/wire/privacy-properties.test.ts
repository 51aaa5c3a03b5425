import { compilePrivacy as compile, isWireMessage, type PrivacyRule, REDACTED } from "@mimolo/protocol/wire";
import * as fc from "fast-check";
import { RE2JS } from "re2js";
import { expect, test } from "vitest";

const compilePrivacy = (rules: readonly PrivacyRule[]) => compile(rules, () => RE2JS);
const SECRET = "s3cr3t";
const word = fc.constantFrom("a", "b", "a.b", "0", "1", "__proto__", "constructor", "length", "ä");
const text = fc.oneof(
  fc.string({ maxLength: 5, unit: "binary" }),
  fc.constantFrom(SECRET, `x${SECRET}y`, `\n${SECRET.toUpperCase()}`, REDACTED, "42"),
);
const { value: anyValue } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    text,
    fc.constantFrom<unknown>(null, true, 42, 1e300, -0),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.oneof(word, text), tie("value"), { maxKeys: 3 }),
  ),
}));
/** Parsed, as from a line: `__proto__` is a key like any other. */
const message = fc
  .record({ data: fc.dictionary(word, anyValue, { maxKeys: 4 }), extra: anyValue })
  .map((fields) => JSON.parse(JSON.stringify({ type: "summary", ...fields })) as Record<string, unknown>);
const pattern = fc.oneof(
  fc.record({ glob: fc.constantFrom("*", `*${SECRET}*`, "4?", "*[redacted]*", "?*") }),
  fc.record({ regex: fc.constantFrom(".", `(?i)${SECRET}`, "^\\d+$", "redacted", "(a*)*$") }),
);
const rules = fc.array(
  fc
    .tuple(
      fc.array(fc.oneof(word, fc.constant("*")), { maxLength: 3 }),
      fc.constantFrom("data", "*", "extra"),
      pattern,
      fc.constantFrom("drop" as const, "redact" as const),
      fc.constantFrom("r1", "r2", "r3"),
    )
    .map(([words, first, covers, action, name]): PrivacyRule => {
      return { name, match_agent: "*", field: [first, ...words].join("."), action, ...covers };
    }),
  { maxLength: 4 },
);

test("what a rule covers is nowhere in what is left, however its line was escaped", () => {
  const filter = compilePrivacy([
    { name: "data", match_agent: "*", field: "data.*", glob: `*${SECRET}*`, action: "redact" },
    { name: "extra", match_agent: "*", field: "extra", regex: `(?i)${SECRET}`, action: "redact" },
  ]);
  fc.assert(
    fc.property(message, (sent) => {
      const line = JSON.stringify(sent);
      const escaped = line.includes("\\u") ? line : line.replaceAll("c", "\\u0063");
      const verdict = filter.apply("window", JSON.parse(escaped) as typeof sent);
      if (verdict.verdict === "drop") throw new Error("redacting this cannot break a summary");
      const left = verdict.verdict === "keep" ? sent : verdict.message;
      expect(JSON.stringify([Object.values(left["data"] as object), left["extra"]]).toLowerCase()).not.toContain(
        SECRET,
      );
    }),
    { numRuns: 1_500 },
  );
});

test("whatever the rules and the message: nothing throws, nothing given is changed, what is left is a message", () => {
  fc.assert(
    fc.property(rules, message, (list, sent) => {
      const before = JSON.stringify(sent);
      const verdict = compilePrivacy(list).apply("window", sent);
      expect(JSON.stringify(sent)).toBe(before);
      if (verdict.verdict !== "keep") expect(verdict.rules.length).toBeGreaterThan(0);
      if (verdict.verdict === "redact") expect(isWireMessage(verdict.message)).toBe(true);
    }),
    { numRuns: 1_500 },
  );
});

test("an agent that applies the rules first and a collector that applies them again leave the same as the collector alone", () => {
  fc.assert(
    fc.property(rules, message, (list, sent) => {
      const { apply } = compilePrivacy(list);
      const alone = apply("window", sent);
      if (alone.verdict !== "redact") return;
      const again = apply("window", alone.message);
      expect(again).toMatchObject({ verdict: "redact" });
      expect(again.verdict === "redact" && JSON.stringify(again.message)).toBe(JSON.stringify(alone.message));
    }),
    { numRuns: 1_500 },
  );
});

test("without rules, and with rules for other agents, every message is kept as it is", () => {
  fc.assert(
    fc.property(rules, message, (list, sent) => {
      const others = list.map((rule) => ({ ...rule, match_agent: "other-?*" }));
      expect(compilePrivacy(others).apply("window", sent)).toEqual({ verdict: "keep" });
      expect(compilePrivacy([]).apply("window", sent)).toEqual({ verdict: "keep" });
    }),
    { numRuns: 300 },
  );
});

test("a glob fits what the same pattern as a regular expression fits", () => {
  const some = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 8 });
  fc.assert(
    fc.property(some, fc.string({ unit: fc.constantFrom("a", "B", "\n"), maxLength: 10 }), (glob, title) => {
      fc.pre(glob !== "");
      const regex = new RegExp(`^${glob.replaceAll("*", "[^]*").replaceAll("?", "[^]")}$`, "i");
      const { apply } = compilePrivacy([{ name: "g", match_agent: "*", field: "data.title", glob, action: "drop" }]);
      const isCovered = apply("window", { type: "summary", data: { title } }).verdict === "drop";
      expect(isCovered).toBe(regex.test(title));
    }),
    { numRuns: 3_000 },
  );
});

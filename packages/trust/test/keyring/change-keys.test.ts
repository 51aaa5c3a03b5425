import { expect, test } from "vitest";
import { NO_TRUST, revokeKey, withKey, withoutScope, withScope } from "../../src/index.ts";
import { AT, codeOf, errorOf, freshKey, LATER, trusted, trusting, underAnotherId, underIdOf } from "../samples.ts";

test("a key enters once; entering it again changes its label and scope", () => {
  const key = freshKey();
  const data = withKey(trusting(key), trusted(key, { label: "Acme Ltd", scope: ["acme.x"] }));
  expect(data.keys).toEqual([trusted(key, { label: "Acme Ltd", scope: ["acme.x"] })]);
  expect(NO_TRUST.keys).toEqual([]);
});

test("a self key that is trusted once more as somebody's stays a self key, so what it allowed stays allowed", () => {
  const key = freshKey();
  const data = withKey(trusting(key, { source: "self", scope: ["local.*"] }), trusted(key, { source: "first-use" }));
  expect(data.keys).toEqual([trusted(key, { source: "self" })]);
});

test("another key that bears a trusted key's id is refused, and so is a trusted key under another id", () => {
  const [key, other] = [freshKey(), freshKey()];
  const fake = underIdOf(key, other);
  expect(fake.keyId).toBe(key.keyId);
  expect(codeOf(() => withKey(trusting(key), trusted(fake)))).toBe("key-taken");
  expect(codeOf(() => withKey(trusting(key), trusted(underAnotherId(key))))).toBe("key-taken");
});

test("a revoked key never comes back, under no id and with no scope", () => {
  const key = freshKey();
  const data = revokeKey(trusting(key), key.keyId, { at: LATER, why: "the laptop was stolen" });
  expect(data.keys[0]?.revoked).toEqual({ at: LATER, why: "the laptop was stolen" });
  expect(codeOf(() => withKey(data, trusted(key)))).toBe("key-revoked");
  expect(codeOf(() => withKey(data, trusted(underAnotherId(key))))).toBe("key-revoked");
  expect(codeOf(() => withScope(data, key.keyId, ["*"]))).toBe("key-revoked");
  const again = revokeKey(data, key.keyId, { at: AT });
  expect(again.keys[0]?.revoked).toEqual({ at: LATER, why: "the laptop was stolen" });
});

test("only a key that is known is revoked or given a scope", () => {
  const key = freshKey();
  const data = trusting(key);
  expect(codeOf(() => revokeKey(data, freshKey().keyId, { at: AT }))).toBe("unknown-key");
  expect(codeOf(() => revokeKey(data, key.keyId.toLowerCase(), { at: AT }))).toBe("unknown-key");
  expect(codeOf(() => withScope(data, "", ["*"]))).toBe("unknown-key");
});

test("a scope grows and shrinks", () => {
  const key = freshKey();
  const wider = withScope(trusting(key), key.keyId, ["beta.*", "acme.*"]);
  expect(wider.keys[0]?.scope).toEqual(["acme.*", "beta.*"]);
  expect(withoutScope(wider, key.keyId, ["acme.*"]).keys[0]?.scope).toEqual(["beta.*"]);
  expect(codeOf(() => withScope(wider, key.keyId, ["acme**"]))).toBe("key-refused");
});

const weak = Buffer.concat([Buffer.from("Ed"), Buffer.alloc(8, 7), Buffer.from("01".padEnd(64, "0"), "hex")]);
const refused: [string, object, string][] = [
  ["of small order", { public_key: weak.toString("base64"), key_id: "0707070707070707" }, "weak-key"],
  ["that is no base64", { public_key: "RWR" }, "not-canonical"],
  ["of another id", { key_id: "0000000000000000" }, "key.key_id"],
  ["with two lines of label", { label: "a\nb" }, "key.label"],
  ["with a scope in upper case", { scope: ["Acme.*"] }, "key.scope[0]"],
  ["with a scope of two stars in a row", { scope: ["a", "acme**"] }, "key.scope[1]"],
  ["from nowhere", { source: "heard-of" }, "key.source"],
  ["added some day", { added_at: "yesterday" }, "key.added_at"],
  ["with something nobody knows", { comment: "x" }, "key.comment"],
];

test.each(refused)("a key %s is refused", (_what, more, named) => {
  const error = errorOf(() => withKey(NO_TRUST, trusted(freshKey(), more)));
  expect(error?.code).toBe("key-refused");
  expect(error?.message).toContain(named);
});

import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  type FilesCheck,
  judgePackage,
  NO_TRUST,
  type PackageFacts,
  raiseHighWater,
  revokeKey,
  type TrustData,
  withAllow,
} from "../../src/index.ts";
import { AT, around, freshKey, LATER, packageEntry, packageOf, sha256, trusted, trusting } from "../samples.ts";

const key = freshKey();
const data = trusting(key);
const found = packageOf(key);
const digest = sha256(found.manifestBytes);

function verdictOf(facts: PackageFacts, trust: TrustData = data, more = {}) {
  return judgePackage(facts, trust, around(more)).verdict;
}

function allowed(facts: PackageFacts, trust: TrustData, more = {}): TrustData {
  const { id: plugin_id = "", version = "" } = facts.manifest ?? {};
  return withAllow(trust, packageEntry({ digest: sha256(facts.manifestBytes), plugin_id, version, ...more }));
}

test("a package signed by a trusted key for this id and version may be installed, and run once that is done", () => {
  const good = { verdict: "trusted", keyId: key.keyId, digest, reason: "" };
  expect(judgePackage(found, data, around({ stage: "verify" }))).toEqual(good);
  expect(judgePackage(found, data, around({ stage: "install" }))).toEqual(good);
  expect(judgePackage(found, data, around({ stage: "launch" })).verdict).toBe("not-allowlisted");
  expect(judgePackage(found, allowed(found, data), around({ stage: "launch" }))).toEqual(good);
});

const other = freshKey();
const manyBytes = { ...found, manifestBytes: Buffer.concat([found.manifestBytes, Buffer.from(" ")]) };
const files = (code: Extract<FilesCheck, { ok: false }>["code"], path: string) => ({
  ...found,
  files: { ok: false, code, path } as const,
});
const commented = (comment: string) => ({ ...found, signatureText: key.signFile(found.manifestBytes, comment) });
const told: [string, string, PackageFacts, TrustData, object, RegExp][] = [
  ["without a signature", "unsigned", packageOf(null), data, {}, /mimolo plugin sign FILE$/],
  [
    "signed by a stranger",
    "unknown-key",
    packageOf(other),
    data,
    {},
    new RegExp(`key ${other.keyId}, which you do not know.*mimolo key trust FILE.pub --scope 'acme\\.\\*'$`),
  ],
  ["signed by nobody in an empty keyring", "unknown-key", found, NO_TRUST, {}, /you do not know/],
  ["with a changed manifest", "bad-signature", manyBytes, data, {}, /changed after key .* get the package again/],
  [
    "with no signature in its signature file",
    "bad-signature",
    { ...found, signatureText: "" },
    data,
    {},
    /not-four-lines/,
  ],
  [
    "signed as another plugin",
    "bad-signature",
    commented("acme.y 1.0.0"),
    data,
    {},
    /“acme.y 1.0.0”, not for “acme.x 1.0.0”/,
  ],
  ["signed as another version", "bad-signature", commented("acme.x 1.0.1"), data, {}, /mimolo plugin sign FILE$/],
  ["signed with more said", "bad-signature", commented("acme.x 1.0.0 "), data, {}, /signs it again/],
  [
    "signed with a comment of something else's",
    "bad-signature",
    commented("file:x\thashed"),
    data,
    {},
    /file:x\\u\{9\}/,
  ],
  [
    "signed by a revoked key",
    "revoked",
    found,
    revokeKey(data, key.keyId, { at: AT, why: "stolen" }),
    {},
    /\(Acme\), which was revoked at 2026-11-21T10:00:00.000Z \(stolen\); get it signed/,
  ],
  ["signed by an expired key", "expired", found, trusting(key, { expires_at: AT }), {}, /which expired at 2026-11-21/],
  [
    "of another id",
    "out-of-scope",
    packageOf(key, { id: "acmeevil.x" }),
    data,
    {},
    /vouches for acme\.\*, not for acmeevil\.x.*--scope acmeevil\.x$/,
  ],
  ["by a key for nothing", "out-of-scope", found, trusting(key, { scope: [] }), {}, /vouches for no plugin/],
  ["with a lost file", "missing-file", files("missing-file", "lib/a.mjs"), data, {}, /lib\/a\.mjs is missing; install/],
  ["with a file too many", "extra-file", files("extra-file", "a\nb"), data, {}, /a\\u\{a\}b was not signed with it/],
  ["with a changed file", "modified", files("modified", "main.mjs"), data, {}, /main\.mjs is not as it was signed/],
  ["nobody can read", "incompatible", { ...found, manifest: null }, data, {}, /update MiMoLo/],
  [
    "older than what ran",
    "downgrade",
    found,
    raiseHighWater(data, "acme.x", "1.0.1"),
    {},
    /older than 1\.0\.1.*--accept-downgrade$/,
  ],
  [
    "older than what is installed",
    "downgrade",
    found,
    withAllow(raiseHighWater(data, "acme.x", "1.0.1"), packageEntry({ version: "1.2.0" })),
    {},
    /older than 1\.2\.0/,
  ],
  [
    "nobody installed",
    "not-allowlisted",
    found,
    data,
    { stage: "launch" },
    /was not installed by you; .*mimolo plugin install FILE$/,
  ],
  [
    "other than the installed one",
    "not-allowlisted",
    found,
    withAllow(data, packageEntry({ digest: sha256("another") })),
    { stage: "launch" },
    /is not the package that you installed/,
  ],
];

test.each(told)("a package %s is %s, and the reason says what helps", (_what, verdict, facts, trust, more, why) => {
  const judgement = judgePackage(facts, trust, around(more));
  expect(judgement.verdict).toBe(verdict);
  expect(judgement.reason).toMatch(why);
  expect(judgement.reason).not.toMatch(/\p{Cc}/u);
  expect(judgement.digest).toBe(sha256(facts.manifestBytes));
});

test("minisign's own comment names no other plugin, so the signed manifest alone says which it is", () => {
  const byTool = (facts: PackageFacts) => ({
    ...facts,
    signatureText: key.signFile(facts.manifestBytes, "timestamp:1795261386\tfile:mimolo-plugin.json\thashed"),
  });
  expect(verdictOf(byTool(found))).toBe("trusted");
  expect(verdictOf(byTool(packageOf(key, { id: "acmeevil.x" })))).toBe("out-of-scope");
  expect(verdictOf({ ...byTool(found), manifest: null })).toBe("incompatible");
  expect(verdictOf(byTool(found), revokeKey(data, key.keyId, { at: AT }))).toBe("revoked");
});

test("what is worst is said first", () => {
  const bad: PackageFacts = {
    ...packageOf(key, { id: "evil.x", platforms: ["win32"] }),
    files: { ok: false, code: "modified", path: "a" },
  };
  const end = { expires_at: AT };
  expect(verdictOf({ ...bad, manifestBytes: Buffer.from("{}") }, revokeKey(data, key.keyId, { at: AT }))).toBe(
    "bad-signature",
  );
  expect(verdictOf(bad, revokeKey(trusting(key, end), key.keyId, { at: AT }))).toBe("revoked");
  expect(verdictOf(bad, trusting(key, end))).toBe("expired");
  expect(verdictOf(bad)).toBe("out-of-scope");
  expect(verdictOf(bad, trusting(key, { scope: ["*"] }))).toBe("modified");
  const fits = { ...bad, files: { ok: true } as const };
  const marked = raiseHighWater(trusting(key, { scope: ["*"] }), "evil.x", "9.0.0");
  expect(verdictOf(fits, marked)).toBe("incompatible");
  expect(verdictOf(fits, marked, { platform: "win32" })).toBe("downgrade");
});

test("a key holds up to the millisecond of its end", () => {
  const trust = trusting(key, { expires_at: LATER });
  const end = Date.parse(LATER);
  expect(verdictOf(found, trust, { nowMs: end - 1 })).toBe("trusted");
  expect(verdictOf(found, trust, { nowMs: end })).toBe("expired");
  expect(verdictOf(found, trust, { nowMs: Number.NaN })).toBe("expired");
});

test("going back is accepted once, and what was accepted runs on", () => {
  const trust = raiseHighWater(data, "acme.x", "2.0.0");
  expect(verdictOf(found, trust, { stage: "launch" })).toBe("downgrade");
  expect(verdictOf(found, trust, { acceptDowngrade: true })).toBe("trusted");
  expect(verdictOf(found, allowed(found, trust), { stage: "launch" })).toBe("trusted");
  expect(verdictOf(found, trust, { acceptDowngrade: true, stage: "launch" })).toBe("not-allowlisted");
});

test("a preview is older than its version, builds of one version are of one age", () => {
  const trust = raiseHighWater(data, "acme.x", "1.0.0");
  expect(verdictOf(packageOf(key, { version: "1.0.0-rc.1" }), trust)).toBe("downgrade");
  expect(verdictOf(packageOf(key, { version: "1.0.0+build.2" }), trust)).toBe("trusted");
  expect(verdictOf(packageOf(key, { version: "1.0.1-rc.1" }), trust)).toBe("trusted");
});

test("a plugin named like something every object has is like any other", () => {
  const everyone = trusting(key, { scope: ["*"] });
  expect(verdictOf(packageOf(key, { id: "constructor" }), everyone)).toBe("trusted");
});

test("another key with the same id changes nothing: the signature does not hold under the trusted one", () => {
  const impostor = Buffer.from(packageOf(other).signatureText?.split("\n")[1] ?? "", "base64");
  Buffer.from(key.publicKey, "base64").copy(impostor, 2, 2, 10);
  const lines = packageOf(other).signatureText?.split("\n") ?? [];
  lines[1] = impostor.toString("base64");
  expect(verdictOf({ ...packageOf(other), signatureText: lines.join("\n") })).toBe("bad-signature");
});

test("no bit of a signature file can flip, except in the text nobody reads: the key's id is another key, all else no signature", () => {
  const trust = allowed(found, data);
  const original = Buffer.from(found.signatureText ?? "");
  const free = original.indexOf("\n");
  const idOf = (text: string) => Buffer.from(text.split("\n")[1] ?? "", "base64").subarray(0, 10);
  for (let at = 0; at < original.length; at++) {
    for (let bit = 0; bit < 8; bit++) {
      const changed = Buffer.from(original);
      changed[at] = (original[at] ?? 0) ^ (1 << bit);
      const signatureText = changed.toString("utf8");
      const verdict = verdictOf({ ...found, signatureText }, trust, { stage: "launch" });
      const isFree = at >= "untrusted comment: ".length && at < free && changed[at] !== 10;
      const line = signatureText.split("\n")[1] ?? "";
      const isWhole = signatureText.split("\n").length === 5 && Buffer.from(line, "base64").toString("base64") === line;
      const isOtherId =
        isWhole &&
        idOf(signatureText).toString("latin1", 0, 2) === "ED" &&
        !idOf(signatureText).equals(idOf(found.signatureText ?? ""));
      expect(verdict, `byte ${at}, bit ${bit}`).toBe(isFree ? "trusted" : isOtherId ? "unknown-key" : "bad-signature");
    }
  }
});

test("no change to the manifest's bytes leaves it trusted", () => {
  const trust = allowed(found, data);
  fc.assert(
    fc.property(fc.nat({ max: found.manifestBytes.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, mask) => {
      const manifestBytes = Buffer.from(found.manifestBytes);
      manifestBytes[at] = (manifestBytes[at] ?? 0) ^ mask;
      expect(verdictOf({ ...found, manifestBytes }, trust, { stage: "launch" })).toBe("bad-signature");
    }),
    { numRuns: 300 },
  );
});

test("an entry for one key's package is no use to another key's of the same digest", () => {
  const trust = allowed(found, trusting(key, { scope: ["beta.*"] }));
  expect(verdictOf(found, trust, { stage: "launch" })).toBe("out-of-scope");
  expect(trusted(key).scope).toEqual(["acme.*"]);
});

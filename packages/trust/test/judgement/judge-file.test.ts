import { expect, test } from "vitest";
import {
  type AllowEntry,
  judgeConfig,
  judgeScript,
  NO_TRUST,
  revokeKey,
  signAllow,
  type TrustData,
  withAllow,
  withKey,
} from "../../src/index.ts";
import { AT, freshKey, LATER, scriptEntry, sha256, trusted } from "../samples.ts";

const found = { path: "/home/u/agent.py", sha256: sha256("x") };
const key = freshKey();
const signed = signAllow(scriptEntry({ grants: ["network"] }), key);
const self = trusted(key, { source: "self", scope: ["local.*"] });

/** As the file might be after somebody wrote into it: nothing is checked on the way in. */
function holding(entry: AllowEntry, keys = [self]): TrustData {
  return { ...NO_TRUST, keys, allow: [entry] };
}

test("a script runs when exactly its bytes were allowed at exactly its path", () => {
  const data = withAllow(withKey(NO_TRUST, self), signed);
  expect(judgeScript(found, data)).toEqual({ verdict: "trusted", keyId: key.keyId, digest: found.sha256, reason: "" });
});

const told: [string, string, object, TrustData, string][] = [
  ["never allowed", "not-allowlisted", found, NO_TRUST, "was never allowed"],
  ["elsewhere", "not-allowlisted", { ...found, path: "/home/u/agent.py2" }, holding(signed), "was never allowed"],
  ["edited", "modified", { ...found, sha256: sha256("y") }, holding(signed), "has changed since it was allowed"],
  ["gone", "missing-file", { ...found, sha256: null }, holding(signed), "is not there"],
  ["allowed without a signature", "unsigned", found, holding(scriptEntry()), "that nobody signed"],
  ["allowed by a key that is gone", "unknown-key", found, holding(signed, []), "with a key that is no longer yours"],
  [
    "allowed by a publisher's key",
    "unknown-key",
    found,
    holding(signed, [trusted(key, { source: "pinned", scope: ["*"] })]),
    "with a key that is no longer yours",
  ],
  [
    "allowed by a key that was revoked",
    "revoked",
    found,
    revokeKey(holding(signed), key.keyId, { at: LATER }),
    `with key ${key.keyId}, which was revoked`,
  ],
  [
    "allowed by a key after its end",
    "expired",
    found,
    holding(signed, [{ ...self, expires_at: AT }]),
    `with key ${key.keyId} after that had expired`,
  ],
];

test.each(told)("a script %s is %s, and the reason ends with what helps", (_what, verdict, file, data, why) => {
  const asked = { ...found, ...file };
  const judgement = judgeScript(asked, data);
  expect(judgement.verdict).toBe(verdict);
  expect(judgement.reason).toContain(why);
  expect(judgement.reason.endsWith(`; allow it with: mimolo allow ${asked.path}`)).toBe(true);
  expect(judgement.reason).not.toContain("\n");
});

test("what a key allowed in its time stays allowed after its end", () => {
  expect(judgeScript(found, holding(signed, [{ ...self, expires_at: LATER }])).verdict).toBe("trusted");
});

const changes: [string, Partial<AllowEntry>][] = [
  ["its digest", { digest: sha256("evil") }],
  ["its grants", { grants: ["network", "filesystem"] }],
  ["its path", { path: "/home/u/agent.pyx" }],
  ["who said so", { by: "api" }],
  ["when", { at: "2020-01-01T00:00:00Z" }],
  ["its signature", { sig: signAllow(scriptEntry(), freshKey()).sig ?? "" }],
  ["its signature's spelling", { sig: (signed.sig ?? "").replace("=", "") }],
];

test.each(changes)("an entry in which somebody changed %s allows nothing", (_what, change) => {
  const entry = { ...signed, ...change };
  const { verdict } = judgeScript({ path: entry.path ?? "", sha256: entry.digest }, holding(entry));
  expect(verdict).toBe("bad-signature");
});

test("an entry of a script does not allow a configuration, nor the other way round", () => {
  expect(judgeConfig(found, holding(signed)).verdict).toBe("not-allowlisted");
  expect(judgeConfig(found, holding({ ...signed, kind: "config" })).verdict).toBe("bad-signature");
  const config = signAllow(scriptEntry({ kind: "config" }), key);
  expect(judgeConfig(found, holding(config)).verdict).toBe("trusted");
  expect(judgeScript(found, holding(config)).verdict).toBe("not-allowlisted");
});

test("the path in the command is one word of a shell, and another command can be named", () => {
  const path = "/home/u/it's mine.py";
  expect(judgeScript({ ...found, path }, NO_TRUST).reason).toContain(`mimolo allow '/home/u/it'\\''s mine.py'`);
  const command = "mimolo allow /x --data-dir /y";
  expect(judgeScript(found, NO_TRUST, { command }).reason.endsWith(`; allow it with: ${command}`)).toBe(true);
});

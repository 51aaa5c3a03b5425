import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import {
  createKey,
  loadOrCreateKey,
  newestSecretKey,
  newestSelfKey,
  NO_TRUST,
  parsePublicKeyFile,
  parseSecretKeyFile,
  revokeKey,
  type SigningKey,
  type TrustedKey,
  verifyFile,
  withKey,
} from "../../src/index.ts";
import { AT, codeOf, folder, freshKey, LATER, NOW_MS, trusted } from "../samples.ts";

test("a fresh key lies under its id in minisign's format, its owner's alone", () => {
  const directory = join(folder(), "trust", "keys");
  const key = createKey({ directory, label: "Acme – release" });
  expect(readdirSync(directory).toSorted()).toEqual([`${key.keyId}.key`, `${key.keyId}.pub`]);
  expect(key.path).toBe(join(directory, `${key.keyId}.key`));
  const shown = readFileSync(join(directory, `${key.keyId}.pub`), "utf8");
  expect(shown).toBe(`untrusted comment: Acme – release\n${key.publicKey}\n`);
  expect(parsePublicKeyFile(shown)).toMatchObject({ ok: true, value: { keyId: key.keyId } });
  expect(parseSecretKeyFile(readFileSync(key.path, "utf8"))).toMatchObject({ ok: true });
  const bytes = Buffer.from("manifest");
  const signatureText = key.signFile(bytes, "acme.x 1.0.0");
  expect(verifyFile({ publicKey: key.publicKey, bytes, signatureText })).toMatchObject({ ok: true });
  if (process.platform === "win32") return;
  expect(statSync(key.path).mode & 0o777).toBe(0o600);
  expect(statSync(directory).mode & 0o777).toBe(0o700);
});

test("no two keys are alike, and a label stays on its line", () => {
  const directory = folder();
  expect(new Set(Array.from({ length: 5 }, () => freshKey(directory).keyId)).size).toBe(5);
  expect(codeOf(() => createKey({ directory, label: "a\nb" }))).toBe("bad-comment");
  expect(codeOf(() => createKey({ directory, label: "a".repeat(201) }))).toBe("bad-comment");
  expect(readdirSync(directory)).toHaveLength(10);
});

function keyring(...keys: [SigningKey, Partial<TrustedKey>][]) {
  return keys.reduce((data, [key, more]) => withKey(data, trusted(key, more)), NO_TRUST);
}

test("the newest key of ours whose scope covers the id signs", () => {
  const directory = folder();
  const [old, newer, broad, theirs] = [freshKey(directory), freshKey(directory), freshKey(directory), freshKey()];
  const data = keyring(
    [newer, { added_at: "2026-11-21T12:00:00+01:00" }],
    [old, { added_at: "2026-11-21T10:30:00Z" }],
    [broad, { added_at: "2026-11-01T00:00:00Z", scope: ["*"], source: "self" }],
    [theirs, { added_at: "2026-11-21T23:00:00Z" }],
  );
  const idFor = (id: string) => newestSecretKey(directory, data, id, NOW_MS)?.keyId;
  expect(idFor("acme.x")).toBe(newer.keyId);
  expect(idFor("acmeevil.x")).toBe(broad.keyId);
  expect(newestSelfKey(directory, data, NOW_MS)?.keyId).toBe(broad.keyId);
  const revoked = revokeKey(data, newer.keyId, { at: AT });
  expect(newestSecretKey(directory, revoked, "acme.x", NOW_MS)?.keyId).toBe(old.keyId);
});

test("of two keys of one moment the one added last signs", () => {
  const directory = folder();
  const [first, last] = [freshKey(directory), freshKey(directory)];
  expect(newestSecretKey(directory, keyring([first, {}], [last, {}]), "acme.x", NOW_MS)?.keyId).toBe(last.keyId);
});

test("no key signs that is a stranger's, out of scope, at its end or not there", () => {
  const directory = folder();
  const key = freshKey(directory);
  const found = (more: Partial<TrustedKey>, where = directory) =>
    newestSecretKey(where, keyring([key, more]), "acme.x", NOW_MS);
  expect(found({})?.keyId).toBe(key.keyId);
  expect(found({ expires_at: LATER })?.keyId).toBe(key.keyId);
  expect(found({ expires_at: AT })).toBeNull();
  expect(found({ source: "first-use" })).toBeNull();
  expect(found({ source: "builtin" })).toBeNull();
  expect(found({ scope: ["beta.*"] })).toBeNull();
  expect(found({}, join(directory, "elsewhere"))).toBeNull();
  expect(newestSecretKey(directory, NO_TRUST, "acme.x", NOW_MS)).toBeNull();
  expect(newestSelfKey(directory, keyring([key, {}]), NOW_MS)).toBeNull();
});

test("a broken secret is named rather than an older key taken", () => {
  const directory = folder();
  const [key, other] = [freshKey(directory), freshKey(directory)];
  const data = keyring([other, { added_at: "2020-01-01T00:00:00Z" }], [key, {}]);
  const whole = readFileSync(key.path, "utf8");
  writeFileSync(key.path, whole.slice(0, 80));
  expect(codeOf(() => newestSecretKey(directory, data, "acme.x", NOW_MS))).toBe("secret-unreadable");
  writeFileSync(key.path, readFileSync(other.path));
  expect(codeOf(() => newestSecretKey(directory, data, "acme.x", NOW_MS))).toBe("keys-differ");
});

test.runIf(process.platform !== "win32")(
  "a secret that somebody loosened is its owner's alone again once it signs",
  () => {
    const directory = folder();
    const key = freshKey(directory);
    chmodSync(key.path, 0o644);
    newestSecretKey(directory, keyring([key, {}]), "acme.x", NOW_MS);
    expect(statSync(key.path).mode & 0o777).toBe(0o600);
  },
);

test("a key of this keyring can be read like the collector's own", () => {
  const key = freshKey(folder());
  const directory = dirname(key.path);
  const again = createKey({ directory, label: "" });
  const files = { secretFile: again.path, publicFile: again.path.replace(/key$/, "pub"), comment: "" };
  expect(loadOrCreateKey(files).publicKey).toBe(again.publicKey);
});

// Changes to who is trusted. Each returns new data and leaves the old alone.
import { TrustError } from "../trust-error.ts";
import { checkKey, pointOf } from "./check-trust.ts";
import { Refused } from "./checked.ts";
import type { TrustData, TrustedKey } from "./trust-data.ts";

/** With a key added, or one that is known given a new label, source, scope or end; a self key stays one. Throws `key-refused` for a weak or
 *  malformed key, `key-taken` when its id or its point is known with another, `key-revoked` for a key once revoked. */
export function withKey(data: TrustData, key: TrustedKey): TrustData {
  const before = data.keys.find(({ key_id }) => key_id === key.key_id);
  // Else all that it allowed would be worth nothing.
  const checked = checkedKey(before?.source === "self" ? { ...key, source: "self" } : key);
  for (const known of data.keys) {
    const sameId = known.key_id === checked.key_id;
    const samePoint = pointOf(known.public_key) === pointOf(checked.public_key);
    if (!sameId && !samePoint) continue;
    if (known.revoked !== undefined) {
      const message = `Key ${checked.key_id} was revoked${samePoint && !sameId ? ` as ${known.key_id}` : ""} and stays so; use a new one.`;
      throw new TrustError("key-revoked", message);
    }
    if (sameId && samePoint) continue;
    const clash = sameId ? "Another key with this id" : "This key under another id";
    throw new TrustError("key-taken", `${clash} is trusted already: ${known.key_id} (${known.label}).`);
  }
  return { ...data, keys: [...data.keys.filter(({ key_id }) => key_id !== checked.key_id), checked] };
}

/** With a key that vouches for nothing any more, for good. The first revocation stays. Throws `unknown-key`. */
export function revokeKey(data: TrustData, keyId: string, revoked: NonNullable<TrustedKey["revoked"]>): TrustData {
  return changeKey(data, keyId, (key) => (key.revoked === undefined ? { ...key, revoked } : key));
}

/** With globs added to what a key may vouch for. Throws `unknown-key`, `key-revoked`. */
export function withScope(data: TrustData, keyId: string, globs: readonly string[]): TrustData {
  return changeKey(data, keyId, (key) => {
    if (key.revoked !== undefined) throw new TrustError("key-revoked", `Key ${keyId} was revoked; use a new one.`);
    return checkedKey({ ...key, scope: [...new Set([...key.scope, ...globs])] });
  });
}

/** With globs taken from what a key may vouch for; it may be left with none. Throws `unknown-key`. */
export function withoutScope(data: TrustData, keyId: string, globs: readonly string[]): TrustData {
  return changeKey(data, keyId, (key) => ({ ...key, scope: key.scope.filter((glob) => !globs.includes(glob)) }));
}

function changeKey(data: TrustData, keyId: string, change: (key: TrustedKey) => TrustedKey): TrustData {
  if (!data.keys.some(({ key_id }) => key_id === keyId))
    throw new TrustError("unknown-key", `No key ${keyId} is known; see: mimolo key list`);
  return { ...data, keys: data.keys.map((key) => (key.key_id === keyId ? change(key) : key)) };
}

function checkedKey(key: TrustedKey): TrustedKey {
  try {
    return checkKey(key, "key");
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    throw new TrustError("key-refused", `${error.path} ${error.message}.`, { cause: error });
  }
}

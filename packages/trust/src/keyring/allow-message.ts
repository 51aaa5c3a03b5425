import { decodeCanonical } from "../minisign/base64.ts";
import { verifyRaw } from "../minisign/verify.ts";
import type { SigningKey } from "../signing-key.ts";
import type { AllowEntry } from "./trust-data.ts";

/** What the signature of an allow entry is over. Starts as no other text that a key of ours signs. */
export function allowMessage(entry: AllowEntry): Uint8Array {
  const { kind, digest, grants, at, by, plugin_id = null, version = null, path = null, key_id = null, given } = entry;
  const said = [
    kind,
    digest,
    grants,
    at,
    by,
    plugin_id,
    version,
    path,
    key_id,
    ...(given === undefined ? [] : [given]),
  ];
  return Buffer.from(`mimolo allow entry 1\n${JSON.stringify(said)}`);
}

/** The entry, signed by `key` and naming it. */
export function signAllow(entry: AllowEntry, key: SigningKey): AllowEntry {
  const named = { ...entry, key_id: key.keyId };
  return { ...named, sig: Buffer.from(key.sign(allowMessage(named))).toString("base64") };
}

/** Whether the entry's signature is by `publicKey` over all that the entry says. */
export function allowHolds(entry: AllowEntry, publicKey: string): boolean {
  const signature = decodeCanonical(entry.sig ?? "", 64);
  return signature !== null && verifyRaw(publicKey, allowMessage(entry), signature);
}

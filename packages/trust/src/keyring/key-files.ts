import { existsSync } from "node:fs";
import { join } from "node:path";
import { encodePublicKeyFile } from "../minisign/key.ts";
import { newSecretKeyFile, readSecretKey, type SigningKey, signingKeyOf } from "../signing-key.ts";
import { TrustError } from "../trust-error.ts";
import { writePrivately } from "../whole-file.ts";
import { isLabel } from "./check-trust.ts";
import { scopeCovers } from "./scope.ts";
import type { TrustData, TrustedKey } from "./trust-data.ts";

/** Makes a key pair `<key_id>.key` and `<key_id>.pub` in minisign's format, no passphrase, both 0600. `directory` is
 *  `trust/keys`; `path` is the secret file's. The key is trusted by nobody yet. Throws `bad-comment` for the label. */
export function createKey({ directory, label }: { directory: string; label: string }): SigningKey & { path: string } {
  if (!isLabel(label)) throw new TrustError("bad-comment", "A label is one line of at most 200 characters.");
  const { publicKey, text } = newSecretKeyFile(label);
  const path = secretFileOf(directory, publicKey.keyId);
  if (existsSync(path)) return createKey({ directory, label });
  writePrivately(path, text);
  writePrivately(join(directory, `${publicKey.keyId}.pub`), encodePublicKeyFile(publicKey, label));
  return { ...signingKeyOf(readSecretKey(path)), path };
}

/** The newest key of ours that may sign for a plugin id: pinned or self, neither revoked nor expired, its secret in
 *  `directory`. Null without one. Throws `secret-unreadable` or `keys-differ` rather than taking an older one. */
export function newestSecretKey(directory: string, data: TrustData, id: string, nowMs = Date.now()): SigningKey | null {
  const ours = ({ source, scope }: TrustedKey) => (source === "pinned" || source === "self") && scopeCovers(scope, id);
  return newestOf(directory, data.keys.filter(ours), nowMs);
}

/** The newest self key that is neither revoked nor expired: the one that signs what is allowed. Null without one. */
export function newestSelfKey(directory: string, data: TrustData, nowMs = Date.now()): SigningKey | null {
  return newestOf(
    directory,
    data.keys.filter(({ source }) => source === "self"),
    nowMs,
  );
}

function newestOf(directory: string, keys: readonly TrustedKey[], nowMs: number): SigningKey | null {
  const newest = keys
    .filter(
      ({ revoked, expires_at }) =>
        revoked === undefined && !(expires_at !== undefined && Date.parse(expires_at) <= nowMs),
    )
    .filter(({ key_id }) => existsSync(secretFileOf(directory, key_id)))
    .toReversed()
    .toSorted((one, other) => Date.parse(other.added_at) - Date.parse(one.added_at))[0];
  if (newest === undefined) return null;
  const path = secretFileOf(directory, newest.key_id);
  const secret = readSecretKey(path);
  if (secret.publicKey.text !== newest.public_key)
    throw new TrustError("keys-differ", `${path} is not the secret half of the trusted key ${newest.key_id}.`);
  return signingKeyOf(secret);
}

function secretFileOf(directory: string, keyId: string): string {
  return join(directory, `${keyId}.key`);
}

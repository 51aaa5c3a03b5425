import { createHash, verify } from "node:crypto";
import { parsePublicKey } from "./key.ts";
import { commentMessage, parseSignature, type SignatureRefusal } from "./signature.ts";

/** Why a signature does not hold; `bad-key` when the public key itself is refused. */
export type VerifyRefusal = SignatureRefusal | "bad-key" | "other-key" | "bad-signature";

export type Verified =
  | { readonly ok: true; readonly trustedComment: string; readonly keyId: string }
  | { readonly ok: false; readonly code: VerifyRefusal };

/** Checks a `.minisig` text against the file's bytes and a public key (line 2 of its `.pub`). The trusted comment is signed
 *  with the file and comes back; the untrusted one is never looked at. */
export function verifyFile(options: { publicKey: string; bytes: Uint8Array; signatureText: string }): Verified {
  const key = parsePublicKey(options.publicKey);
  if (!key.ok) return { ok: false, code: "bad-key" };
  const parsed = parseSignature(options.signatureText);
  if (!parsed.ok) return parsed;
  const { keyId, signature, trustedComment, commentSignature } = parsed.value;
  if (keyId !== key.value.keyId) return { ok: false, code: "other-key" };
  const holds = verify(null, prehash(options.bytes), key.value.key, signature);
  const commentHolds = verify(null, commentMessage(signature, trustedComment), key.value.key, commentSignature);
  return holds && commentHolds ? { ok: true, trustedComment, keyId } : { ok: false, code: "bad-signature" };
}

/** Whether `signature` is 64 bytes of raw Ed25519 over `message` by `publicKey` (line 2 of a `.pub`). False for a key that
 *  is refused. */
export function verifyRaw(publicKey: string, message: Uint8Array, signature: Uint8Array): boolean {
  const key = parsePublicKey(publicKey);
  return key.ok && signature.byteLength === 64 && verify(null, message, key.value.key, signature);
}

/** BLAKE2b-512 of a file: what a prehashed signature is over. */
export function prehash(bytes: Uint8Array): Buffer {
  return createHash("blake2b512").update(bytes).digest();
}

import { sign } from "node:crypto";
import { TrustError } from "../trust-error.ts";
import type { SecretKey } from "./key.ts";
import { commentMessage, encodeSignature, isTrustedComment } from "./signature.ts";
import { prehash } from "./verify.ts";

/** The text of a `.minisig` file for `bytes`, prehashed, as `minisign -V` accepts it. Throws `bad-comment` for a trusted
 *  comment that does not stand on one printable line. */
export function signFile({ publicKey, key }: SecretKey, bytes: Uint8Array, trustedComment: string): string {
  if (!isTrustedComment(trustedComment))
    throw new TrustError("bad-comment", "A trusted comment is one line of printable text, at most 8,173 bytes.");
  const signature = sign(null, prehash(bytes), key);
  const id = Buffer.from(publicKey.text, "base64").subarray(2, 10);
  return encodeSignature(id, signature, trustedComment, sign(null, commentMessage(signature, trustedComment), key));
}

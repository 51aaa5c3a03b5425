import { decodeCanonical } from "./base64.ts";
import { keyIdOf } from "./key.ts";

/** minisign's tag of a prehashed signature; `Ed`, the one over the bare file, is refused. */
const PREHASHED = "ED";
const LEGACY = "Ed";
const UNTRUSTED = "untrusted comment: ";
const TRUSTED = "trusted comment: ";
/** Of a trusted comment: what `minisign -V` still reads. */
const MAX_TRUSTED_BYTES = 8173;

/** The parts of a `.minisig` file. The untrusted comment is not among them: nobody may look at it. */
export interface SignatureParts {
  readonly keyId: string;
  /** Raw Ed25519 over the BLAKE2b-512 of the file. */
  readonly signature: Uint8Array;
  readonly trustedComment: string;
  /** Raw Ed25519 over `signature` ‖ trusted comment. */
  readonly commentSignature: Uint8Array;
}

export type SignatureRefusal = "not-four-lines" | "not-canonical" | "legacy" | "unknown-algorithm" | "bad-comment";

/** Reads a `.minisig` text: exactly four lines, canonical base64, prehashed, a printable trusted comment. */
export function parseSignature(
  text: string,
): { ok: true; value: SignatureParts } | { ok: false; code: SignatureRefusal } {
  const [untrusted, line, trusted, commentLine, end, ...more] = text.split("\n");
  const isWhole = end === "" && more.length === 0;
  if (
    !isWhole ||
    line === undefined ||
    commentLine === undefined ||
    !untrusted?.startsWith(UNTRUSTED) ||
    !trusted?.startsWith(TRUSTED)
  ) {
    return { ok: false, code: "not-four-lines" };
  }
  const bytes = decodeCanonical(line, 74);
  const commentSignature = decodeCanonical(commentLine, 64);
  if (bytes === null || commentSignature === null) return { ok: false, code: "not-canonical" };
  const tag = bytes.toString("latin1", 0, 2);
  if (tag !== PREHASHED) return { ok: false, code: tag === LEGACY ? "legacy" : "unknown-algorithm" };
  const trustedComment = trusted.slice(TRUSTED.length);
  if (!isTrustedComment(trustedComment)) return { ok: false, code: "bad-comment" };
  return {
    ok: true,
    value: { keyId: keyIdOf(bytes.subarray(2, 10)), signature: bytes.subarray(10), trustedComment, commentSignature },
  };
}

/** The text of a `.minisig` file; `id` is the key id's 8 bytes. */
export function encodeSignature(
  id: Uint8Array,
  signature: Uint8Array,
  trustedComment: string,
  commentSignature: Uint8Array,
): string {
  const line = Buffer.concat([Buffer.from(PREHASHED), id, signature]).toString("base64");
  const commentLine = Buffer.from(commentSignature).toString("base64");
  return `${UNTRUSTED}signature from a mimolo key\n${line}\n${TRUSTED}${trustedComment}\n${commentLine}\n`;
}

/** True for text that stands on one line. Tabs are allowed, since minisign's own comments have them; the sign that stands
 *  for bytes that are no text is not, since one signed comment must not come from two files. */
export function isPrintable(text: string): boolean {
  return !/[^\P{Cc}\t]|\p{Cs}|\ufffd/u.test(text);
}

/** True for a trusted comment that minisign reads too: one line, at most 8,173 bytes. */
export function isTrustedComment(text: string): boolean {
  return Buffer.byteLength(text) <= MAX_TRUSTED_BYTES && isPrintable(text);
}

/** What the second signature is over. */
export function commentMessage(signature: Uint8Array, trustedComment: string): Uint8Array {
  return Buffer.concat([signature, Buffer.from(trustedComment)]);
}

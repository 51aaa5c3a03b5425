import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { decodeCanonical } from "./base64.ts";
import { isWeakKey } from "./weak-key.ts";

/** minisign's tag of a key: Ed25519. */
const KEY_TAG = "Ed";
const PUBLIC_BYTES = 42;
const SECRET_BYTES = 158;
/** Tag, no key derivation, BLAKE2b checksum (left zero, as minisign does without a passphrase), salt and limits zero. */
const SECRET_HEAD = Buffer.concat([Buffer.from("Ed\0\0B2", "latin1"), Buffer.alloc(48)]);
const COMMENT = "untrusted comment: ";

/** A public key as minisign writes it. */
export interface PublicKey {
  /** The eight bytes of the id as minisign prints them: upper-case hex, 16 digits. */
  readonly keyId: string;
  /** Line 2 of the `.pub` file. */
  readonly text: string;
  readonly key: KeyObject;
}

/** A secret key without passphrase. */
export interface SecretKey {
  readonly publicKey: PublicKey;
  readonly key: KeyObject;
}

export type KeyRefusal =
  | "not-two-lines"
  | "not-canonical"
  | "unknown-algorithm"
  | "weak-key"
  | "has-passphrase"
  | "keys-differ";
export type Parsed<T, Code> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly code: Code };

/** Reads line 2 of a `.pub` file. Refuses small-order and non-canonical points, which would let anybody sign. */
export function parsePublicKey(line: string): Parsed<PublicKey, KeyRefusal> {
  const bytes = decodeCanonical(line, PUBLIC_BYTES);
  if (bytes === null) return { ok: false, code: "not-canonical" };
  if (bytes.toString("latin1", 0, 2) !== KEY_TAG) return { ok: false, code: "unknown-algorithm" };
  const point = bytes.subarray(10);
  if (isWeakKey(point)) return { ok: false, code: "weak-key" };
  const key = createPublicKey({ format: "jwk", key: { kty: "OKP", crv: "Ed25519", x: point.toString("base64url") } });
  return { ok: true, value: { keyId: keyIdOf(bytes.subarray(2, 10)), text: line, key } };
}

/** Reads a whole `.pub` file: an untrusted comment, which is not looked at, and the key. */
export function parsePublicKeyFile(text: string): Parsed<PublicKey, KeyRefusal> {
  const line = secondLine(text);
  return line === null ? { ok: false, code: "not-two-lines" } : parsePublicKey(line);
}

/** Reads a secret key file without passphrase, as `minisign -G -W` writes it. */
export function parseSecretKeyFile(text: string): Parsed<SecretKey, KeyRefusal> {
  const line = secondLine(text);
  if (line === null) return { ok: false, code: "not-two-lines" };
  const bytes = decodeCanonical(line, SECRET_BYTES);
  if (bytes === null) return { ok: false, code: "not-canonical" };
  if (bytes.toString("latin1", 0, 2) !== KEY_TAG) return { ok: false, code: "unknown-algorithm" };
  if (bytes.toString("latin1", 2, 4) !== "\0\0") return { ok: false, code: "has-passphrase" };
  return secretKeyOf(bytes.subarray(54, 62), bytes.subarray(62, 94), bytes.subarray(94, 126));
}

/** The text of a `.pub` file. */
export function encodePublicKeyFile({ text }: PublicKey, comment: string): string {
  return `${COMMENT}${comment}\n${text}\n`;
}

/** The text of a secret key file, from the id's 8 bytes and the key's 32-byte seed and point. */
export function encodeSecretKeyFile(id: Uint8Array, seed: Uint8Array, point: Uint8Array, comment: string): string {
  const bytes = Buffer.concat([SECRET_HEAD, id, seed, point, Buffer.alloc(32)]);
  return `${COMMENT}${comment}\n${bytes.toString("base64")}\n`;
}

function secretKeyOf(id: Buffer, seed: Buffer, point: Buffer): Parsed<SecretKey, KeyRefusal> {
  const parsed = parsePublicKey(Buffer.concat([Buffer.from(KEY_TAG), id, point]).toString("base64"));
  if (!parsed.ok) return parsed;
  const jwk = { kty: "OKP", crv: "Ed25519", d: seed.toString("base64url"), x: point.toString("base64url") };
  const key = createPrivateKey({ format: "jwk", key: jwk });
  const derived = createPublicKey(key).export({ format: "jwk" }).x;
  if (derived !== jwk.x) return { ok: false, code: "keys-differ" };
  return { ok: true, value: { publicKey: parsed.value, key } };
}

/** A key file may have come by mail or out of a repository, with the line ends of Windows; its line stays the same. */
function secondLine(text: string): string | null {
  const [comment, line, end, ...more] = text.split(/\r?\n/);
  return comment?.startsWith(COMMENT) && line !== undefined && (end ?? "") === "" && more.length === 0 ? line : null;
}

/** minisign prints the id as a little-endian number. */
export function keyIdOf(id: Uint8Array): string {
  return Buffer.from(Uint8Array.from(id).toReversed()).toString("hex").toUpperCase();
}

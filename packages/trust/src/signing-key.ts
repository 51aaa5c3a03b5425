import { generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { chmodSync, existsSync, readFileSync } from "node:fs";
import {
  encodePublicKeyFile,
  encodeSecretKeyFile,
  type PublicKey,
  parsePublicKeyFile,
  parseSecretKeyFile,
  type SecretKey,
} from "./minisign/key.ts";
import { signFile } from "./minisign/sign.ts";
import { TrustError } from "./trust-error.ts";
import { writePrivately } from "./whole-file.ts";

/** A key of ours that can sign. The secret stays inside. */
export interface SigningKey {
  /** 16 upper-case hex digits, as minisign prints them. */
  readonly keyId: string;
  /** Line 2 of minisign's `.pub`. */
  readonly publicKey: string;
  /** Raw Ed25519 over `message`, 64 bytes. */
  readonly sign: (message: Uint8Array) => Uint8Array;
  /** The text of a `.minisig` for `bytes`, prehashed. Throws `bad-comment` unless the comment is one printable line. */
  readonly signFile: (bytes: Uint8Array, trustedComment: string) => string;
}

export interface KeyFiles {
  /** minisign's format, no passphrase; made 0600 when it is not. */
  readonly secretFile: string;
  readonly publicFile: string;
  /** Stands in both files for people to read; nothing relies on it. */
  readonly comment: string;
}

/** Reads a key pair, or makes one where there is none (files 0600, folders 0700); writes a lost public file anew. Throws
 *  `secret-missing` when only the public half is there, `secret-unreadable`, or `keys-differ` when the halves do not match. */
export function loadOrCreateKey(files: KeyFiles): SigningKey {
  const { secretFile, publicFile, comment } = files;
  if (!existsSync(secretFile)) {
    if (existsSync(publicFile)) {
      throw new TrustError(
        "secret-missing",
        `${publicFile} is there but its secret key ${secretFile} is not. Put it back, or move both away.`,
      );
    }
    writePrivately(secretFile, newSecretKeyFile(comment).text);
  }
  const secret = readSecretKey(secretFile);
  if (!existsSync(publicFile)) writePrivately(publicFile, encodePublicKeyFile(secret.publicKey, comment));
  const shown = parsePublicKeyFile(readFileSync(publicFile, "utf8"));
  if (!shown.ok || shown.value.text !== secret.publicKey.text) {
    throw new TrustError("keys-differ", `${publicFile} is not the public half of ${secretFile}.`);
  }
  return signingKeyOf(secret);
}

/** A key that signs, from its secret. */
export function signingKeyOf(secret: SecretKey): SigningKey {
  return {
    keyId: secret.publicKey.keyId,
    publicKey: secret.publicKey.text,
    sign: (message) => sign(null, message, secret.key),
    signFile: (bytes, trustedComment) => signFile(secret, bytes, trustedComment),
  };
}

/** Reads a secret key file and makes it its owner's alone. Throws `secret-unreadable`. */
export function readSecretKey(path: string): SecretKey {
  if (process.platform !== "win32") chmodSync(path, 0o600);
  const parsed = parseSecretKeyFile(readFileSync(path, "utf8"));
  if (parsed.ok) return parsed.value;
  throw new TrustError(
    "secret-unreadable",
    `${path} is no secret key without passphrase in minisign's format (${parsed.code}).`,
  );
}

/** A fresh key: the text of its secret file, and its public half. */
export function newSecretKeyFile(comment: string): { publicKey: PublicKey; text: string } {
  const { d = "", x = "" } = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
  const text = encodeSecretKeyFile(randomBytes(8), Buffer.from(d, "base64url"), Buffer.from(x, "base64url"), comment);
  const parsed = parseSecretKeyFile(text);
  if (!parsed.ok) throw new TrustError("secret-unreadable", `A fresh key cannot be read back (${parsed.code}).`);
  return { publicKey: parsed.value.publicKey, text };
}

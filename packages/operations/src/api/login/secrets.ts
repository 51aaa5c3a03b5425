import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** SHA-256 of what was shown; what lies on disk and in memory is this, never the secret. */
export function digestOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/** Compares two digests in a time that says nothing of either. */
export function sameDigest(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Random bits, base64url. */
export function newSecret(bits: 128 | 256): string {
  return randomBytes(bits / 8).toString("base64url");
}

/** What went wrong with our own keys or with what is trusted, for machines. */
export type TrustErrorCode =
  | "secret-missing"
  | "secret-unreadable"
  | "keys-differ"
  | "bad-comment"
  /** The trust file, or its folder, can be written by others. */
  | "trust-file-unsafe"
  /** The message names the line and the field. */
  | "trust-file-unreadable"
  /** A change would make what could not be read back. */
  | "bad-trust-data"
  /** A public key that nobody may trust: weak, malformed, or not of the id it claims. */
  | "key-refused"
  /** Another key with this id is known already, or this key under another id. */
  | "key-taken"
  | "key-revoked"
  | "unknown-key"
  | "unknown-entry"
  /** The entry is signed, so a change wants the self key. */
  | "needs-key";

/** A broken promise about keys of ours. A bad key or signature of somebody else is a value, never thrown. */
export class TrustError extends Error {
  override readonly name = "TrustError";
  readonly code: TrustErrorCode;
  constructor(code: TrustErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

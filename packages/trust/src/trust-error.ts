/** What went wrong with our own keys, for machines. */
export type TrustErrorCode = "secret-missing" | "secret-unreadable" | "keys-differ" | "bad-comment";

/** A broken promise about keys of ours. A bad key or signature of somebody else is a value, never thrown. */
export class TrustError extends Error {
  override readonly name = "TrustError";
  readonly code: TrustErrorCode;
  constructor(code: TrustErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

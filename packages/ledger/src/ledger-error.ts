/** What went wrong, for machines. */
export type LedgerErrorCode =
  | "invalid-record"
  | "closed"
  | "identity-mismatch"
  | "damaged"
  | "no-such-record"
  | "already-erased"
  | "not-erasable"
  | "disk-full"
  | "write-failed"
  | "sync-failed"
  | "read-failed";

/** A broken promise: of the caller (`invalid-record`, `closed`, `identity-mismatch`, `no-such-record`,
 *  `already-erased`, `not-erasable`), of the files (`damaged`) or of the
 *  disk (`disk-full`, `write-failed`, `sync-failed`, `read-failed`; `cause` is the system's error). */
export class LedgerError extends Error {
  override readonly name = "LedgerError";
  readonly code: LedgerErrorCode;
  constructor(code: LedgerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The system's error code, such as `ENOENT`, or an empty string. */
export function systemCode(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

/** Wraps an error of the disk: a full disk is named, everything else gets `code`. */
export function diskError(
  code: "write-failed" | "sync-failed" | "read-failed",
  path: string,
  cause: unknown,
): LedgerError {
  if (cause instanceof LedgerError) return cause;
  const full = systemCode(cause) === "ENOSPC" || systemCode(cause) === "EDQUOT";
  const what = full ? "the disk is full" : code.replace("-", " ");
  const said = cause instanceof Error ? cause.message : String(cause);
  return new LedgerError(full && code !== "sync-failed" ? "disk-full" : code, `${path}: ${what} (${said})`, {
    cause,
  });
}

/** What is wrong with a line of the ledger: none of JSON, no record, or a record of a kind this version does not know. */
export type EvidenceErrorCode = "not-json" | "not-a-record" | "unknown-kind";

/** A committed line that cannot be read as a record: either the ledger was changed or a newer MiMoLo wrote it. */
export class EvidenceError extends Error {
  override readonly name = "EvidenceError";
  readonly code: EvidenceErrorCode;
  constructor(code: EvidenceErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

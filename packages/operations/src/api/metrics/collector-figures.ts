/** What no other report says of a collector. */
export interface CollectorFigures {
  /** Records in the ledger, those not yet durable included. */
  readonly records: number;
  readonly committedSeq: number;
  readonly uncommittedBytes: number;
  /** Work of the local day that goes on, milliseconds. */
  readonly workedTodayMs: { readonly observed: number; readonly reconstructed: number };
  /** Whether a segment is open. */
  readonly isAtWork: boolean;
}

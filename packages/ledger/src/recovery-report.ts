/** What opening a ledger found after an unclean stop, and did about it. Nothing is ever deleted. */
export interface RecoveryReport {
  /** True when the folder held no ledger before. */
  readonly fresh: boolean;
  /** True when nothing had to be done. */
  readonly clean: boolean;
  /** Whole lines that were in no commit and got one, and the records in them. */
  readonly recovered: readonly { readonly file: string; readonly records: number }[];
  /** Torn or double bytes, moved into `recovered/`. */
  readonly moved: readonly {
    readonly file: string;
    readonly offset: number;
    readonly bytes: number;
    readonly into: string;
  }[];
  /** What no crash explains, for people; `verifyLedger` names it too. Empty for a sound ledger. */
  readonly damage: readonly string[];
}

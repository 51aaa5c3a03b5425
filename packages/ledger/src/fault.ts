/** Why a ledger is not what was written. */
export type FaultReason =
  | "file-missing"
  | "tail-cut"
  | "line-changed"
  | "block-changed"
  | "line-missing"
  | "line-inserted"
  | "lines-swapped"
  | "foreign-bytes"
  | "genesis-missing"
  | "genesis-invalid"
  | "key-differs"
  | "commit-changed"
  | "commit-missing"
  | "commit-out-of-order"
  | "checkpoint-invalid"
  | "checkpoint-differs"
  | "checkpoints-changed"
  | "head-missing"
  | "head-changed"
  | "head-differs"
  | "head-behind"
  | "seal-invalid"
  | "seal-differs"
  | "pack-damaged"
  | "anchor-differs"
  | "damage-invalid";

/** The first place where a ledger is not what was written. */
export interface Fault {
  /** Name inside the ledger's folder, or the name of the head file. */
  readonly file: string;
  /** First byte that is known to be wrong, or where its line or block begins; 0 for a whole file. */
  readonly offset: number;
  /** `seq` in day files, `n` in the files of the chain; null where there is no such number. */
  readonly record: number | null;
  readonly reason: FaultReason;
}

const EXPLANATIONS: Record<FaultReason, string> = {
  "file-missing": "a file with committed records is gone",
  "tail-cut": "the end of the file is gone",
  "line-changed": "the line is not the one that was committed",
  "block-changed": "a line of the commit that begins here is not the one that was committed",
  "line-missing": "a committed line is gone",
  "line-inserted": "there are more lines than were committed",
  "lines-swapped": "committed lines stand in another order",
  "foreign-bytes": "bytes stand behind the committed end that no writer of this ledger left there",
  "genesis-missing": "there is no genesis line",
  "genesis-invalid": "the genesis line or its signature is wrong",
  "key-differs": "the public key beside the ledger is not the one in its genesis",
  "commit-changed": "the commit line is not the one that was written",
  "commit-missing": "a commit line is gone",
  "commit-out-of-order": "the commit line stands in the wrong place",
  "checkpoint-invalid": "the checkpoint or its signature is wrong",
  "checkpoint-differs": "the chain was rewritten behind a signed checkpoint",
  "checkpoints-changed": "a checkpoint was changed or taken out after it was signed",
  "head-missing": "the head file is gone",
  "head-changed": "the head file is not as it was written",
  "head-differs": "the last commit line and the head file do not agree",
  "head-behind": "the head file is older than it can be",
  "seal-invalid": "the seal of the day or its signature is wrong",
  "seal-differs": "the day is not the one that was sealed",
  "pack-damaged": "the packed file is not as it was packed",
  "anchor-differs": "the chain was rewritten behind an anchor",
  "damage-invalid": "the note of damage or its signature is wrong",
};

/** A sentence for people, without a full stop. */
export function explainFault(reason: FaultReason): string {
  return EXPLANATIONS[reason];
}

export function isFaultReason(text: string | undefined): text is FaultReason {
  return text !== undefined && Object.hasOwn(EXPLANATIONS, text);
}

/** Ends a check with its first fault. */
export class FaultFound extends Error {
  override readonly name = "FaultFound";
  readonly fault: Fault;
  constructor(file: string, offset: number, record: number | null, reason: FaultReason) {
    super(reason);
    this.fault = { file, offset, record, reason };
  }
}

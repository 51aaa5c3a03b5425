import type { CommitEntry, Head } from "./entry.ts";
import type { LedgerErrorCode } from "./ledger-error.ts";

/** A record to append; the ledger adds `seq` and `salt`. */
export interface NewRecord {
  /** JSON members that stand between `seq` and `salt`, without braces: `"kind":"gap","received_at":"…"`. */
  readonly members: string;
  readonly bodyKey: "message" | "data";
  /** One JSON object on one line, UTF-8; copied byte for byte. */
  readonly body: Uint8Array | string;
  /** Event time, epoch milliseconds; null when the record has none. */
  readonly timeMs: number | null;
  /** End of the event; default `timeMs`. */
  readonly timeEndMs?: number;
  /** Wall clock at receipt: decides the day file. Default: now. */
  readonly receivedAtMs?: number;
}

/** A commit that is on the disk. */
export interface Commit {
  readonly entry: CommitEntry;
  /** SHA-256 of the entry's line, hex. */
  readonly hash: string;
}

/** What became of a record that was erased. */
export interface Erased {
  readonly seq: number;
  /** The leaf its line had, SHA-256 in hex: what its commit still covers. */
  readonly leaf: string;
  /** `seq` of the record that says so. */
  readonly recordSeq: number;
}

/** What packing did. */
export interface PackReport {
  /** Files that are gzip now, and their bytes before and after. */
  readonly packed: readonly { readonly file: string; readonly bytes: number; readonly packedBytes: number }[];
  /** Files of sealed days that are not what was sealed: left as they are. */
  readonly skipped: readonly string[];
}

/** Why commits do not happen just now. The ledger keeps the records and tries again by itself. */
export interface LedgerFault {
  readonly code: LedgerErrorCode;
  readonly message: string;
  readonly cause: unknown;
}

/** An open ledger. One process at a time; the caller holds the lock. */
export interface Ledger {
  /** Takes a record into the current commit and answers its `seq`; never waits. Throws `invalid-record` for a body that is
   *  no JSON object on one line of UTF-8, `closed` after `close`. */
  append(record: NewRecord): number;
  /** Resolves when everything appended so far is on the disk; rejects when the try fails (it is tried again anyway). */
  commit(): Promise<void>;
  /** Commits, then signs the head, unless it is signed already. */
  checkpoint(): Promise<void>;
  /** Appends and commits what `record` makes of the leaf hash, which must name it in hex, then empties the body of the
   *  record `seq` where it stands and takes its salt; a sealed day gets a new seal. What a crash interrupts is finished
   *  at the next open. Throws `no-such-record`, `already-erased`, `not-erasable` for a record
   *  that says what was erased, `damaged` for a day that is not as sealed. */
  erase(seq: number, record: (leaf: string) => NewRecord): Promise<Erased>;
  /** Turns the files of sealed days before the UTC day `before` into gzip; reading and verifying go on as they did. */
  pack(options: { readonly before: string }): Promise<PackReport>;
  /** Commits, signs, closes. Rejects when records could not be written; the files are closed all the same. */
  close(): Promise<void>;
  /** The `seq` the next record gets. */
  readonly nextSeq: number;
  /** The last `seq` on the disk; 0 before the first. */
  readonly committedSeq: number;
  readonly head: Head;
  readonly collectorId: string;
  /** Bytes appended and not yet committed: what is lost if the power goes now. */
  readonly uncommittedBytes: number;
  /** Why the last try to commit failed; null once one succeeded. */
  readonly fault: LedgerFault | null;
}

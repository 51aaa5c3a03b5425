import type { Verdict } from "@mimolo/protocol";
import type { Vouching } from "./sandbox-mode.ts";

/** A program, judged by the bytes that lie there now. */
export interface Judged {
  readonly verdict: Verdict;
  /** Why it may not run, with the command that helps; empty when it may. */
  readonly reason: string;
  readonly vouching: Vouching;
  /** SHA-256 in hex of what was judged; `null` when only a person's word was asked. */
  readonly digest: string | null;
  readonly files: readonly string[];
  readonly requested: readonly string[];
  readonly granted: readonly string[];
  /** What each file held, where they were judged one by one; SHA-256 in hex. */
  readonly hashes?: readonly HashedPath[];
  /** The file that runs with the very bytes that were judged, where those are at hand. */
  readonly verified: VerifiedFile | null;
}

export interface VerifiedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A file, and the SHA-256 in hex of what it held. */
export interface HashedPath {
  readonly path: string;
  readonly sha256: string;
}

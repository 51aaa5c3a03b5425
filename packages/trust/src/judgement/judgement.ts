import type { Verdict } from "@mimolo/protocol";

/** May this run, by whose word, and if not, why. */
export interface Judgement {
  readonly verdict: Verdict;
  /** The key that vouches, or was meant to; null when none is named. */
  readonly keyId: string | null;
  /** SHA-256 in hex of the manifest, or of the file. */
  readonly digest: string;
  /** One sentence for people that says what helps; empty when trusted. */
  readonly reason: string;
}

import type { Verdict } from "@mimolo/protocol";

/** What is known about a program when the question is whether it may run. */
export type Candidate =
  /** Ships with MiMoLo; digests are SHA-256 in hex, `actualSha256` null when the file is gone. */
  | { readonly kind: "builtin"; readonly expectedSha256: string; readonly actualSha256: string | null }
  /** The user's own command; `dev` is developer mode. */
  | { readonly kind: "own"; readonly dev: boolean };

/** May it run, and if not, why. Pure: who asks has read the files. */
export function verdictOf(candidate: Candidate): Verdict {
  switch (candidate.kind) {
    case "builtin":
      if (candidate.actualSha256 === null) return "missing-file";
      return candidate.actualSha256 === candidate.expectedSha256 ? "trusted" : "modified";
    case "own":
      return candidate.dev ? "dev" : "not-allowlisted";
  }
}

/** Whether a program with this verdict is started. */
export function mayRun(verdict: Verdict): verdict is "trusted" | "dev" {
  return verdict === "trusted" || verdict === "dev";
}

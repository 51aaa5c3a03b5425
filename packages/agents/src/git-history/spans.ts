// From commits to stretches of time: what a commit says about the half hour before it.
import type { AuthoredCommit } from "../git/commits.ts";

/** Reconstructed work, ready to be kept as an `import` record. `start` and `end` are ISO-8601 UTC. */
export interface ReconstructedSpan {
  readonly start: string;
  readonly end: string;
  readonly source: "git";
  /** `git:<commit hash>`. */
  readonly external_id: string;
  readonly confidence: "reconstructed";
  readonly label: string;
}

const LONGEST_MS = 30 * 60_000;

/** One span per commit in `[fromMs, toMs]`: from the later of the author's previous commit and 30 minutes before, to the
 *  commit. `commits` are oldest first; those before `fromMs` only bound the first span. */
export function spansOfCommits(
  commits: readonly AuthoredCommit[],
  options: { readonly fromMs: number; readonly toMs: number; readonly label: string },
): ReconstructedSpan[] {
  return commits.flatMap(({ hash, atMs }, index) => {
    if (atMs < options.fromMs || atMs > options.toMs) return [];
    const previousMs = commits[index - 1]?.atMs ?? Number.NEGATIVE_INFINITY;
    return [
      {
        start: new Date(Math.max(previousMs, atMs - LONGEST_MS)).toISOString(),
        end: new Date(atMs).toISOString(),
        source: "git",
        external_id: `git:${hash}`,
        confidence: "reconstructed",
        label: options.label,
      },
    ];
  });
}

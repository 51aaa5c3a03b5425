// Which commits are one person's, each once, from what git prints.

/** A commit as git prints it. Times are milliseconds since the epoch. */
export interface Commit {
  readonly hash: string;
  readonly authoredMs: number;
  readonly committedMs: number;
  readonly email: string;
  readonly subject: string;
  /** Whether a branch or tag still holds it; others are known from the reflog only. */
  readonly isReachable: boolean;
}

/** The fields `parseCommits` reads, for `--format`. */
export const COMMIT_FORMAT = "%H%x1f%at%x1f%ct%x1f%ae%x1f%(trailers:key=MiMoLo-Anchor,separator=%x20)%x1f%s";

/** The subject of the commits `mimolo anchor git` makes. */
const ANCHOR_SUBJECT = "Anchor MiMoLo evidence ";

/** Reads lines printed with `COMMIT_FORMAT`. Anything else is left out, and so are anchors of evidence: nobody's work. */
export function parseCommits(stdout: string, isReachable: boolean): Commit[] {
  return stdout.split("\n").flatMap((line) => {
    const [hash, authored, committed, email, anchor, ...words] = line.split("\x1f");
    const subject = words.join(" ");
    const authoredMs = Number(authored) * 1_000;
    const committedMs = Number(committed) * 1_000;
    if (hash === undefined || email === undefined || !/^[0-9a-f]{40,64}$/.test(hash)) return [];
    if (!Number.isFinite(authoredMs) || !Number.isFinite(committedMs)) return [];
    if (anchor !== "" && subject.startsWith(ANCHOR_SUBJECT)) return [];
    return [{ hash, authoredMs, committedMs, email, subject, isReachable }];
  });
}

/** One piece of work: a commit, however often it was amended, rebased or picked since. */
export interface AuthoredCommit {
  readonly hash: string;
  readonly atMs: number;
}

/** An author's commits, oldest first. Copies share author date and e-mail and count once, at the time of the first; the
 *  hash is that of a copy that still is on a branch, if any is. */
export function authoredCommits(commits: readonly Commit[], author: string): AuthoredCommit[] {
  const copies = new Map<number, Commit[]>();
  for (const commit of commits) {
    if (commit.email.toLowerCase() !== author.toLowerCase()) continue;
    const others = copies.get(commit.authoredMs);
    if (others === undefined) copies.set(commit.authoredMs, [commit]);
    else others.push(commit);
  }
  return [...copies.values()]
    .map((same) => ({
      hash: lasting(same).hash,
      atMs: Math.min(...same.flatMap((each) => [each.authoredMs, each.committedMs])),
    }))
    .toSorted((one, other) => one.atMs - other.atMs || (one.hash < other.hash ? -1 : 1));
}

/** The copy that people will still find: on a branch before not, then the newest, then by hash. */
function lasting(copies: readonly Commit[]): Commit {
  const [first, ...rest] = copies;
  if (first === undefined) throw new Error("a commit has at least one copy");
  return rest.reduce((best, next) => (isBetter(next, best) ? next : best), first);
}

function isBetter(one: Commit, other: Commit): boolean {
  if (one.isReachable !== other.isReachable) return one.isReachable;
  if (one.committedMs !== other.committedMs) return one.committedMs > other.committedMs;
  return one.hash < other.hash;
}

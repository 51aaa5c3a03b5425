// What a repository remembers of one person's last weeks.
import { basename } from "node:path";
import { authoredCommits, COMMIT_FORMAT, parseCommits } from "../git/commits.ts";
import { type Git, nodeGit } from "../git/node-git.ts";
import { repositoryAround } from "../git/repository.ts";
import { type ReconstructedSpan, spansOfCommits } from "./spans.ts";

/** Spans oldest first, or why there are none, as a sentence for people. `author` is the e-mail they were found by. */
export type History =
  | { readonly ok: true; readonly author: string; readonly spans: readonly ReconstructedSpan[] }
  | { readonly ok: false; readonly reason: string };

const DAY_MS = 86_400_000;
const MOST_COMMITS = "--max-count=20000";
/** A stash is not a piece of work that was finished, and notes are about other commits. */
const BRANCHES = ["--exclude=refs/stash", "--exclude=refs/notes/*", "--all"];

/** Reconstructs the work of the repository's own `user.email` from `git log --all` and the reflog: amended and rebased
 *  copies count once, other people's commits and the places where a branch or clone began not at all. */
export async function reconstructHistory(options: {
  readonly directory: string;
  /** How far to look back. Default 30. */
  readonly days?: number;
  /** Now, milliseconds since the epoch. */
  readonly nowMs: number;
  readonly git?: Git;
}): Promise<History> {
  const { directory, days = 30, nowMs, git = nodeGit } = options;
  const repository = repositoryAround(directory);
  if (repository === null) return { ok: false, reason: `${directory} is in no git repository` };

  const email = await git(["config", "--get", "user.email"], repository.worktree);
  if (!email.ok && email.code !== "failed") return { ok: false, reason: email.message };
  const author = email.ok ? email.stdout.trim() : "";
  if (author === "") {
    return {
      ok: false,
      reason:
        "git knows no user.email here, so nobody's commits can be told apart; set one with: git config user.email you@example.org",
    };
  }

  const fromMs = nowMs - days * DAY_MS;
  // A day more, so that the first span knows the commit before it.
  const since = `--since=${Math.floor((fromMs - DAY_MS) / 1_000)}`;
  const log = ["log", `--format=${COMMIT_FORMAT}`, since, MOST_COMMITS];
  const onBranches = await git([...log, ...BRANCHES], repository.worktree);
  if (!onBranches.ok) return { ok: false, reason: `the history could not be read: ${onBranches.message}` };
  // A repository without any commit, or one that keeps no reflog, has nothing to add.
  const inReflog = await git([...log, "--walk-reflogs", ...BRANCHES], repository.worktree);

  const commits = [
    ...parseCommits(onBranches.stdout, true),
    ...(inReflog.ok ? parseCommits(inReflog.stdout, false) : []),
  ];
  const spans = spansOfCommits(authoredCommits(commits, author), {
    fromMs,
    toMs: nowMs,
    label: basename(repository.worktree),
  });
  return { ok: true, author, spans };
}

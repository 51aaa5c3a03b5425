import { COMMIT_FORMAT, type Commit, parseCommits } from "../git/commits.ts";
import type { Git } from "../git/node-git.ts";

const MOST = 3;

/** The newest commits of a repository, whoever made them; git is asked once for each place its head is at. */
export class LastCommits {
  readonly #git: Git;
  readonly #worktree: string;
  #oid: string | null = null;
  #commits: readonly Commit[] = [];

  constructor(git: Git, worktree: string) {
    this.#git = git;
    this.#worktree = worktree;
  }

  /** Those below `oid`, newest first; none before the first commit. */
  async below(oid: string | null): Promise<readonly Commit[]> {
    if (oid === this.#oid) return this.#commits;
    if (oid === null) return [];
    const log = await this.#git(["log", `--format=${COMMIT_FORMAT}`, `--max-count=${MOST}`, oid, "--"], this.#worktree);
    if (!log.ok) return [];
    this.#oid = oid;
    this.#commits = parseCommits(log.stdout, true);
    return this.#commits;
  }
}

// One repository over time: what its user committed and changed. What was there before is not work.
import { join } from "node:path";
import { COMMIT_FORMAT, type Commit, parseCommits } from "../git/commits.ts";
import type { Git, GitResult } from "../git/node-git.ts";
import type { Repository } from "../git/repository.ts";
import { contains } from "../own-folders.ts";
import { ChangedFiles } from "./changed-files.ts";
import { fingerprintOf, lookAt } from "./fingerprint.ts";
import { LastCommits } from "./last-commits.ts";
import { parseStatus, type RepositoryStatus, STATUS_ARGUMENTS } from "./status.ts";
import { WorktreeLook } from "./worktree-look.ts";

/** One entry of `repositories` in the summary's `data`. */
export interface RepositoryReport {
  readonly path: string;
  readonly branch: string | null;
  readonly commits: readonly { readonly hash: string; readonly subject: string; readonly at: string }[];
  readonly changed_files: number;
  readonly ahead: number | null;
  readonly behind: number | null;
}

/** A repository as it is now. */
export interface RepositoryGlance {
  readonly path: string;
  readonly branch: string | null;
  readonly changedFiles: number;
  readonly ahead: number | null;
  readonly behind: number | null;
  /** The last ones, newest first, whoever made them. */
  readonly commits: readonly Commit[];
}

const MOST_COMMITS = 50;
const LONGEST_SUBJECT = 200;
const RETRY_MS = 60_000;
/** A commit's time is in whole seconds, rounded down. */
const COMMIT_TIME_SLACK_MS = 2_000;

/** Watches one repository; git is only asked when a look at its files gives reason to. */
export class RepositoryWatch {
  readonly repository: Repository;
  readonly #git: Git;
  readonly #wallMs: () => number;
  readonly #ownFolders: readonly string[];
  readonly #last: LastCommits;
  #fingerprint: string | null = null;
  #files: WorktreeLook | null = null;
  #filesDigest = "";
  #index = "";
  #status: RepositoryStatus | null = null;
  #changesDigest = "";
  #askedMs = 0;
  #commits = new Map<number, Commit>();
  #firstWorkMs: number | null = null;
  #trouble: string | null = null;

  constructor(options: {
    readonly repository: Repository;
    readonly git: Git;
    readonly wallMs: () => number;
    readonly ownFolders: readonly string[];
  }) {
    this.repository = options.repository;
    this.#git = options.git;
    this.#wallMs = options.wallMs;
    this.#ownFolders = options.ownFolders;
    this.#last = new LastCommits(options.git, options.repository.worktree);
  }

  /** Why this repository could not be read the last time it was asked; null when it could. */
  get trouble(): string | null {
    return this.#trouble;
  }

  /** When the work that is not yet reported began (milliseconds since the epoch); null if there is none. */
  get firstWorkMs(): number | null {
    return this.#firstWorkMs;
  }

  /** Looks for commits, staging and branch changes; with `thorough` at the files too. */
  async look({ thorough }: { readonly thorough: boolean }): Promise<void> {
    if (this.#trouble !== null && this.#wallMs() - this.#askedMs < RETRY_MS) return;
    const fingerprint = fingerprintOf(this.repository);
    const isNewList = await this.#readTracked();
    const digest = thorough || isNewList ? ((await this.#files?.digest()) ?? "") : this.#filesDigest;
    const isSame = fingerprint === this.#fingerprint && digest === this.#filesDigest && this.#trouble === null;
    if (isSame && !(thorough && this.#changedAgain())) return;
    // All looks came before the question: what happens from now on differs from them the next time.
    const lastAskedMs = this.#askedMs;
    this.#askedMs = this.#wallMs();
    const answer = await this.#ask(STATUS_ARGUMENTS);
    if (!answer.ok) return;
    const status = this.#withoutOwn(parseStatus(answer.stdout));
    const changes = new ChangedFiles(this.repository.worktree, status.changes);
    if (this.#status !== null) {
      if (status.oid !== null && status.oid !== this.#status.oid)
        await this.#readCommits(this.#status.oid, lastAskedMs);
      if (changes.digest !== this.#changesDigest) this.#worked(changes.firstWrittenMs(lastAskedMs) ?? this.#askedMs);
    }
    this.#status = status;
    this.#changesDigest = changes.digest;
    this.#fingerprint = fingerprint;
    this.#filesDigest = digest;
  }

  /** The repository as it is, with the newest `most` of the user's commits since the last report; the next window
   *  begins. */
  takeReport(most = MOST_COMMITS): RepositoryReport {
    const commits = [...this.#commits.values()].toSorted((one, other) => one.committedMs - other.committedMs);
    this.#commits = new Map();
    this.#firstWorkMs = null;
    return {
      path: this.repository.worktree,
      branch: this.#status?.branch ?? null,
      commits: commits.slice(Math.max(0, commits.length - most)).map(({ hash, subject, committedMs }) => ({
        hash,
        subject: subject.slice(0, LONGEST_SUBJECT),
        at: new Date(committedMs).toISOString(),
      })),
      changed_files: this.#status?.changes.length ?? 0,
      ahead: this.#status?.ahead ?? null,
      behind: this.#status?.behind ?? null,
    };
  }

  /** The repository as git last said it is. */
  async glance(): Promise<RepositoryGlance> {
    return {
      path: this.repository.worktree,
      branch: this.#status?.branch ?? null,
      changedFiles: this.#status?.changes.length ?? 0,
      ahead: this.#status?.ahead ?? null,
      behind: this.#status?.behind ?? null,
      commits: await this.#last.below(this.#status?.oid ?? null),
    };
  }

  /** The user's own commits since git was last asked. A branch switch shows older ones too, and other people's. */
  async #readCommits(since: string | null, lastAskedMs: number): Promise<void> {
    const email = await this.#git(["config", "--get", "user.email"], this.repository.worktree);
    const author = email.ok ? email.stdout.trim().toLowerCase() : "";
    if (author === "") return;
    const range = since === null ? ["HEAD"] : ["HEAD", "--not", since];
    const log = await this.#ask(["log", `--format=${COMMIT_FORMAT}`, `--max-count=${MOST_COMMITS}`, ...range, "--"]);
    if (!log.ok) return;
    for (const commit of parseCommits(log.stdout, true)) {
      if (commit.email.toLowerCase() !== author || commit.committedMs < lastAskedMs - COMMIT_TIME_SLACK_MS) continue;
      // An amended commit keeps its author date and takes the place of the first.
      this.#commits.set(commit.authoredMs, commit);
      this.#worked(Math.max(commit.committedMs, lastAskedMs));
    }
  }

  /** Learns which files are tracked; true if the list may be another than before. */
  async #readTracked(): Promise<boolean> {
    const index = lookAt(join(this.repository.gitDir, "index"));
    if (this.#files !== null && this.#index === index) return false;
    const tracked = await this.#ask(["ls-files", "-z"]);
    if (!tracked.ok) return false;
    this.#index = index;
    this.#files = new WorktreeLook(
      this.repository.worktree,
      tracked.stdout.split("\0").filter((path) => path !== ""),
    );
    return true;
  }

  /** Whether a changed file was written again; its name alone would not tell. */
  #changedAgain(): boolean {
    if (this.#status === null) return false;
    return new ChangedFiles(this.repository.worktree, this.#status.changes).digest !== this.#changesDigest;
  }

  /** The collector's own data may lie in the repository; it is nobody's work. */
  #withoutOwn(status: RepositoryStatus): RepositoryStatus {
    const isOwn = (path: string) =>
      this.#ownFolders.some((folder) => contains(folder, join(this.repository.worktree, path, ".")));
    return { ...status, changes: status.changes.filter(({ path }) => !isOwn(path)) };
  }

  #worked(atMs: number): void {
    this.#firstWorkMs = Math.min(this.#firstWorkMs ?? atMs, atMs);
  }

  async #ask(args: readonly string[]): Promise<GitResult> {
    const answer = await this.#git(args, this.repository.worktree);
    this.#trouble = answer.ok ? null : answer.message;
    return answer;
  }
}

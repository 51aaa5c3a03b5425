// From repositories to summaries: what the agent does, without the protocol around it.
import { real, ownFolders } from "../own-folders.ts";
import type { Git } from "../git/node-git.ts";
import { repositoryAt } from "../git/repository.ts";
import { type SummaryWindow, summaryWindow } from "../window.ts";
import { findRepositories } from "./find-repositories.ts";
import { type RepositoryGlance, type RepositoryReport, RepositoryWatch } from "./repository-watch.ts";
import type { GitActivitySettings } from "./settings.ts";

/** The `data` of a summary. */
export interface GitActivityData extends Record<string, unknown> {
  readonly schema: "git_activity.summary.v1";
  readonly window: SummaryWindow;
  readonly repositories: readonly RepositoryReport[];
  readonly client_id?: string;
  readonly client_name?: string;
}

const SEARCH_EVERY_MS = 60_000;
/** A summary has to fit into one 64 KiB line. */
const MOST_COMMITS = 100;

/** Watches the repositories of its settings. */
export class GitActivity {
  readonly #settings: GitActivitySettings;
  readonly #git: Git;
  readonly #wallMs: () => number;
  readonly #environment: Readonly<Record<string, string | undefined>>;
  #watches: RepositoryWatch[] = [];
  #searchedMs = Number.NEGATIVE_INFINITY;
  #windowStartMs: number;
  #looking: Promise<void> | null = null;

  constructor(options: {
    readonly settings: GitActivitySettings;
    readonly git: Git;
    readonly wallMs: () => number;
    readonly environment: Readonly<Record<string, string | undefined>>;
  }) {
    this.#settings = options.settings;
    this.#git = options.git;
    this.#wallMs = options.wallMs;
    this.#environment = options.environment;
    this.#windowStartMs = options.wallMs();
  }

  /** Repositories watched now. */
  get repositoryCount(): number {
    return this.#watches.length;
  }

  /** Why no repository can be read, for people; null when one can, or when there is none. */
  get trouble(): string | null {
    const [first, ...others] = this.troubles;
    return first === undefined || others.length + 1 < this.#watches.length ? null : first.why;
  }

  /** The repositories that cannot be read, and why. */
  get troubles(): readonly { readonly path: string; readonly why: string }[] {
    return this.#watches.flatMap(({ repository, trouble }) =>
      trouble === null ? [] : [{ path: repository.worktree, why: trouble }],
    );
  }

  /** Repositories with work that no summary tells of yet. */
  get pending(): number {
    return this.#watches.filter((watch) => watch.firstWorkMs !== null).length;
  }

  /** Looks for commits, staging and branch changes; with `thorough` at the files too. One look at a time. */
  async look(options: { readonly thorough: boolean }): Promise<void> {
    while (this.#looking !== null) await this.#looking;
    this.#looking = this.#lookAtAll(options).finally(() => (this.#looking = null));
    return this.#looking;
  }

  /** Everything seen up to now as a summary; the next window begins. `workMs`: how long ago the work in it began, null if
   *  there was none. */
  takeReport(): { data: GitActivityData; workMs: number | null } {
    const endMs = this.#wallMs();
    const begun = this.#watches.flatMap((watch) => watch.firstWorkMs ?? []);
    let room = MOST_COMMITS;
    const repositories = this.#watches.map((watch) => {
      const report = watch.takeReport(room);
      room -= report.commits.length;
      return report;
    });
    const data: GitActivityData = {
      schema: "git_activity.summary.v1",
      window: summaryWindow(this.#windowStartMs, endMs),
      repositories,
      ...(this.#settings.clientId === null ? {} : { client_id: this.#settings.clientId }),
      ...(this.#settings.clientName === null ? {} : { client_name: this.#settings.clientName }),
    };
    this.#windowStartMs = endMs;
    return { data, workMs: begun.length === 0 ? null : Math.max(0, endMs - Math.min(...begun)) };
  }

  /** The repositories as they are now. */
  glance(): Promise<RepositoryGlance[]> {
    return Promise.all(this.#watches.map((watch) => watch.glance()));
  }

  async #lookAtAll(options: { readonly thorough: boolean }): Promise<void> {
    this.#search();
    for (const watch of this.#watches) await watch.look(options);
  }

  /** Repositories come and go seldom; one that is gone is dropped at once. */
  #search(): void {
    this.#watches = this.#watches.filter(({ repository }) => repositoryAt(repository.worktree) !== null);
    const nowMs = this.#wallMs();
    if (this.#watches.length > 0 && nowMs - this.#searchedMs < SEARCH_EVERY_MS) return;
    this.#searchedMs = nowMs;
    const known = new Set(this.#watches.map((watch) => watch.repository.worktree));
    for (const repository of findRepositories(this.#settings.watchDirs.map(real))) {
      if (known.has(repository.worktree)) continue;
      this.#watches.push(
        new RepositoryWatch({
          repository,
          git: this.#git,
          wallMs: this.#wallMs,
          ownFolders: ownFolders(repository.worktree, this.#environment),
        }),
      );
    }
  }
}

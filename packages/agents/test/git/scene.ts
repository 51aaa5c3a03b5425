// Real repositories in temporary folders, untouched by the machine's own git configuration.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { temporaryFolder } from "../folder-activity/scene.ts";

process.env["GIT_CONFIG_GLOBAL"] = process.platform === "win32" ? "NUL" : "/dev/null";
process.env["GIT_CONFIG_NOSYSTEM"] = "1";

export const ME = "me@example.org";

export interface TestRepository {
  readonly folder: string;
  git(...args: string[]): string;
  write(name: string, content?: string): void;
  /** Writes `name` and commits it; `at` (milliseconds since the epoch) becomes author and committer date. */
  commit(name: string, options?: { readonly at?: number; readonly by?: string; readonly content?: string }): string;
}

/** Git in a folder, with both dates set when `at` is given. */
export function gitIn(folder: string, args: readonly string[], at?: number): string {
  const date = at === undefined ? {} : dates(at, at);
  return execFileSync("git", args, {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, ...date },
    stdio: "pipe",
  }).trim();
}

export function dates(authoredMs: number, committedMs: number): Record<string, string> {
  const stamp = (timeMs: number) => `${Math.floor(timeMs / 1_000)} +0000`;
  return { GIT_AUTHOR_DATE: stamp(authoredMs), GIT_COMMITTER_DATE: stamp(committedMs) };
}

export function repositoryIn(folder: string): TestRepository {
  const git = (...args: string[]) => gitIn(folder, args);
  const write = (name: string, content = `${name} ${Math.random()}\n`) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  };
  return {
    folder,
    git,
    write,
    commit(name, options = {}) {
      write(name, options.content);
      git("add", "--", name);
      const author = options.by === undefined ? [] : [`--author=Other <${options.by}>`];
      gitIn(folder, ["commit", "--quiet", "--message", `write ${name}`, ...author], options.at);
      return git("rev-parse", "HEAD");
    },
  };
}

/** A new repository whose user is `ME`. */
export function newRepository(folder = temporaryFolder()): TestRepository {
  mkdirSync(folder, { recursive: true });
  const repository = repositoryIn(folder);
  repository.git("init", "--quiet", "--initial-branch=main");
  repository.git("config", "user.email", ME);
  repository.git("config", "user.name", "Me");
  return repository;
}

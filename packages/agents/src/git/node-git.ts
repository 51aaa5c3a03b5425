// git as a child process: read-only, polite, never waiting for ever.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";

/** What a call of git gave. `code` is for machines, `message` for people. */
export type GitResult =
  | { readonly ok: true; readonly stdout: string }
  | {
      readonly ok: false;
      readonly code: "not-installed" | "timed-out" | "too-much" | "failed";
      readonly message: string;
    };

/** Calls git in a folder. */
export type Git = (args: readonly string[], cwd: string) => Promise<GitResult>;

const TIMEOUT_MS = 15_000;
const LARGEST_OUTPUT_BYTES = 32 * 1_024 * 1_024;

/** Variables by which an outer git points a child at another repository. */
const REPOSITORY_VARIABLES = [
  "GIT_DIR",
  "GIT_WORK_TREE",
  "GIT_INDEX_FILE",
  "GIT_COMMON_DIR",
  "GIT_OBJECT_DIRECTORY",
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
  "GIT_NAMESPACE",
  "GIT_PREFIX",
  "GIT_TRACE",
];

/** A repository's own configuration may name programs to run; reading its state needs none of them. */
const HARMLESS = [
  "--no-pager",
  "-c",
  "core.fsmonitor=false",
  "-c",
  "log.showSignature=false",
  "-c",
  "i18n.logOutputEncoding=UTF-8",
];

/** The git on `PATH`, with an array of arguments, no locks, no prompts, and a time-out of 15 s. */
export const nodeGit: Git = (args, cwd) =>
  new Promise((resolve) => {
    execFile(
      "git",
      [...HARMLESS, ...args],
      {
        cwd,
        env: gitEnvironment(process.env),
        timeout: TIMEOUT_MS,
        killSignal: "SIGKILL",
        maxBuffer: LARGEST_OUTPUT_BYTES,
        windowsHide: true,
        encoding: "utf8",
      },
      (error, stdout, stderr) => resolve(error === null ? { ok: true, stdout } : failure(error, stderr, cwd)),
    ).stdin?.end();
  });

function gitEnvironment(parent: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> {
  const environment = { ...parent };
  for (const name of REPOSITORY_VARIABLES) delete environment[name];
  // What is missing in a partial clone would be fetched, by a program that its configuration names.
  const offline = { GIT_NO_LAZY_FETCH: "1", GIT_ALLOW_PROTOCOL: "none" };
  return { ...environment, ...offline, GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0", LC_ALL: "C" };
}

function failure(error: Error & { code?: unknown; killed?: boolean }, stderr: string, cwd: string): GitResult {
  if (error.code === "ENOENT" && !existsSync(cwd)) return { ok: false, code: "failed", message: `${cwd} is gone` };
  if (error.code === "ENOENT") {
    return { ok: false, code: "not-installed", message: "git is not installed, or not on PATH" };
  }
  if (error.code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER") {
    return { ok: false, code: "too-much", message: "git said more than 32 MiB" };
  }
  if (error.killed === true)
    return { ok: false, code: "timed-out", message: `git did not answer in ${TIMEOUT_MS / 1_000} s` };
  const said = stderr.trim().split("\n")[0] ?? "";
  return { ok: false, code: "failed", message: said === "" ? error.message : said };
}

// git as a child process, for the one thing it is asked to keep: a commit that names the head of the ledger.
import { execFile, type ExecFileException } from "node:child_process";
import { existsSync } from "node:fs";
import { CollectorError } from "../error.ts";

/** Calls git in a folder; resolves with what it printed. Rejects with `CollectorError` `no-git` or `git-failed`. */
export type Git = (args: readonly string[], cwd: string) => Promise<string>;

const TIMEOUT_MS = 30_000;
const LARGEST_OUTPUT_BYTES = 64 * 1024 * 1024;

/** Variables by which an outer git points a child at another repository. */
const REPOSITORY_VARIABLES = [
  "GIT_DIR",
  "GIT_WORK_TREE",
  "GIT_INDEX_FILE",
  "GIT_COMMON_DIR",
  "GIT_OBJECT_DIRECTORY",
  "GIT_NAMESPACE",
  "GIT_PREFIX",
];

/** The git on `PATH`: no prompts, no pager, 30 s at most. */
export const nodeGit: Git = (args, cwd) =>
  new Promise((resolve, reject) => {
    const environment: NodeJS.ProcessEnv = { ...process.env, GIT_TERMINAL_PROMPT: "0", LC_ALL: "C" };
    for (const name of REPOSITORY_VARIABLES) delete environment[name];
    const options = { cwd, env: environment, timeout: TIMEOUT_MS, maxBuffer: LARGEST_OUTPUT_BYTES, windowsHide: true };
    const child = execFile("git", ["--no-pager", ...args], options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(failure(error, stderr, cwd));
    });
    child.stdin?.end();
  });

function failure(error: ExecFileException, stderr: string, cwd: string): CollectorError {
  if (error.code === "ENOENT" || error.code === "ENOTDIR") {
    if (!existsSync(cwd)) {
      const hint = "name a repository with --repo DIR";
      return new CollectorError("git-failed", `${cwd}: no such folder`, hint, { cause: error });
    }
    const hint = `install git, or check that ${cwd} is a folder`;
    return new CollectorError("no-git", "git cannot be started", hint, { cause: error });
  }
  if (error.killed === true) {
    const hint = "does a hook or a signing program wait for somebody there? Make a commit there by hand to see";
    return new CollectorError("git-failed", `git did not answer in ${TIMEOUT_MS / 1000} s`, hint, { cause: error });
  }
  const said = stderr.split("\n").filter((line) => line.trim() !== "");
  const all = said.join("\n");
  for (const [sign, message, hint] of KNOWN) {
    if (all.includes(sign)) return new CollectorError("git-failed", message(cwd), hint, { cause: error });
  }
  const words = said.length === 0 ? error.message : said.slice(0, MOST_LINES).join("\n");
  const hint = all.includes("during a ") ? "finish what is under way in that repository first" : HINT;
  return new CollectorError("git-failed", `git: ${words}`, hint, { cause: error });
}

const MOST_LINES = 6;
const HINT = `try \`git commit --allow-empty\` there: what stops it also stops this (--repo DIR names another repository)`;

/** What git says at length, in our words and with the folder it is about. */
const KNOWN: readonly (readonly [sign: string, message: (cwd: string) => string, hint: string])[] = [
  [
    "not a git repository",
    (cwd) => `${cwd} is in no git repository`,
    "name a repository with --repo DIR, or make one with git init",
  ],
  [
    "tell me who you are",
    (cwd) => `git does not know who commits in ${cwd}`,
    "git config user.name NAME and git config user.email ADDRESS, in that repository",
  ],
  [
    "must be run in a work tree",
    (cwd) => `${cwd} has no work tree to commit from`,
    "name a clone of it with --repo DIR, and push from there",
  ],
];

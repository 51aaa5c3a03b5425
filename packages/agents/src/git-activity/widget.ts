// git-activity at a glance.
import { h } from "@mimolo/agent-sdk";
import { basename } from "node:path";
import { clockTime } from "../clock-time.ts";
import type { Commit } from "../git/commits.ts";
import type { RepositoryGlance } from "./repository-watch.ts";

const MOST_REPOSITORIES = 6;
const HASH_CHARACTERS = 7;

/** Each repository: its branch, what is not committed or pushed, and its last commits. */
export function gitActivityWidget(repositories: readonly RepositoryGlance[], nowMs: number) {
  if (repositories.length === 0) return h("p", "mml-muted", "There is no repository in the watched folders.");
  const others = repositories.length - MOST_REPOSITORIES;
  return h(
    "div",
    "mml-stack",
    repositories.slice(0, MOST_REPOSITORIES).map((each) => repositorySection(each, nowMs)),
    others > 0 && h("p", "mml-caption", `and ${others} more`),
  );
}

function repositorySection({ path, branch, changedFiles, ahead, behind, commits }: RepositoryGlance, nowMs: number) {
  return h(
    "section",
    "mml-stack",
    h(
      "div",
      "mml-row",
      h("span", { class: "mml-strong mml-truncate", title: path }, basename(path)),
      h("span", "mml-badge", branch ?? "no branch"),
      changedFiles > 0 &&
        h("span", { class: "mml-badge mml-warn", title: "Files changed and not committed" }, `${changedFiles} changed`),
      distance("↑", ahead, "commits that are not pushed"),
      distance("↓", behind, "commits that are not pulled"),
    ),
    commits.length > 0 &&
      h(
        "ul",
        "mml-list",
        commits.map((commit) => commitItem(commit, nowMs)),
      ),
  );
}

function distance(arrow: string, commits: number | null, meaning: string) {
  if (commits === null || commits === 0) return null;
  return h("span", { class: "mml-badge mml-accent", title: `${commits} ${meaning}` }, `${arrow} ${commits}`);
}

function commitItem({ hash, subject, committedMs }: Commit, nowMs: number) {
  return h(
    "li",
    "mml-row mml-spread",
    h("span", { class: "mml-truncate mml-fill", title: subject }, subject),
    h("span", "mml-small mml-muted mml-mono", `${hash.slice(0, HASH_CHARACTERS)} ${clockTime(committedMs, nowMs)}`),
  );
}

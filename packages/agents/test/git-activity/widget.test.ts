import { basename } from "node:path";
import { fakeCollector } from "@mimolo/agent-sdk/testing";
import { expect, test } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { gitActivityAgent } from "../../src/git-activity/agent.ts";
import { gitActivityWidget } from "../../src/git-activity/widget.ts";
import { newRepository } from "../git/scene.ts";
import { shownBy } from "../shown.ts";

const withGit = test.runIf(needs("git"));
const nowMs = new Date(2026, 10, 21, 14, 3).getTime();
const repository = {
  path: "/home/ada/project",
  branch: "main",
  changedFiles: 0,
  ahead: null,
  behind: null,
  commits: [],
};

test("a repository is its branch, what is neither committed nor pushed, and its last commits", () => {
  const commit = { hash: "a".repeat(40), authoredMs: 0, email: "ada@example.org", isReachable: true };
  const commits = [
    { ...commit, subject: "fix: the clock", committedMs: nowMs - 60_000 },
    { ...commit, subject: "feat: a clock", committedMs: nowMs - 86_400_000 },
  ];
  const widget = gitActivityWidget([{ ...repository, changedFiles: 2, ahead: 3, behind: 0, commits }], nowMs);
  expect(shownBy(widget)).toBe(
    "projectmain2 changed↑ 3\nfix: the clockaaaaaaa 14:02\nfeat: a clockaaaaaaa 20 Nov 14:03",
  );
});

test("of many repositories six are shown, and where there is none that is said", () => {
  const many = Array.from({ length: 8 }, (_, index) => ({ ...repository, path: `/w/${index}`, branch: null }));
  const shown = shownBy(gitActivityWidget(many, nowMs));
  expect(shown.match(/no branch/g)).toHaveLength(6);
  expect(shown).toContain("and 2 more");
  expect(shownBy(gitActivityWidget([], nowMs))).toContain("no repository");
});

withGit("the last commits are there from the start, and a refresh shows the newest", async () => {
  const { folder, commit } = newRepository();
  commit("a.txt");
  const collector = fakeCollector();
  await collector.connect(await gitActivityAgent({}, { cwd: folder }));
  const first = await collector.render();
  const shownFirst = first.data.mode === "tree_v1" ? shownBy(first.data.tree) : "";
  expect(shownFirst).toContain(basename(folder));
  expect(shownFirst).toContain("a.txt");
  commit("b.txt");
  await collector.act("refresh");
  expect(JSON.stringify(collector.all("widget_frame").at(-1)?.data)).toContain("b.txt");
  expect(collector.all("summary").at(-1)?.data.activity_signal?.reason).toBe("1 commit");
  expect(await collector.shutdown()).toBe(0);
});

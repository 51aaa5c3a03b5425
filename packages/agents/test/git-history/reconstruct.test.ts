import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { authoredCommits, type Commit } from "../../src/git/commits.ts";
import { reconstructHistory } from "../../src/git-history/index.ts";
import { spansOfCommits } from "../../src/git-history/spans.ts";
import { temporaryFolder } from "../folder-activity/scene.ts";
import { dates, gitIn, ME, newRepository, repositoryIn } from "../git/scene.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const NOW = Date.UTC(2026, 10, 20, 12);
const ago = (ms: number) => NOW - ms;

async function spansIn(directory: string, days?: number) {
  const history = await reconstructHistory({ directory, nowMs: NOW, ...(days === undefined ? {} : { days }) });
  if (!history.ok) throw new Error(history.reason);
  return history.spans;
}

const withGit = test.runIf(needs("git"));

withGit("a commit tells of the half hour before it, or of the time since the author's previous one", async () => {
  const repository = newRepository();
  const first = repository.commit("a.txt", { at: ago(120 * MINUTE) });
  const second = repository.commit("b.txt", { at: ago(110 * MINUTE) });
  expect(await spansIn(repository.folder)).toEqual([
    {
      start: new Date(ago(150 * MINUTE)).toISOString(),
      end: new Date(ago(120 * MINUTE)).toISOString(),
      source: "git",
      external_id: `git:${first}`,
      confidence: "reconstructed",
      label: repository.folder.split("/").at(-1),
    },
    expect.objectContaining({
      start: new Date(ago(120 * MINUTE)).toISOString(),
      end: new Date(ago(110 * MINUTE)).toISOString(),
      external_id: `git:${second}`,
    }),
  ]);
});

withGit("only the author's own commits count, other people's do not even shorten them", async () => {
  const repository = newRepository();
  repository.commit("a.txt", { at: ago(60 * MINUTE), by: "other@example.org" });
  repository.commit("b.txt", { at: ago(50 * MINUTE) });
  const spans = await spansIn(repository.folder);
  expect(spans.map((span) => span.start)).toEqual([new Date(ago(80 * MINUTE)).toISOString()]);
});

withGit("commits on every branch count, and those that only the reflog knows", async () => {
  const repository = newRepository();
  repository.commit("a.txt", { at: ago(5 * DAY) });
  repository.git("switch", "--quiet", "--create", "topic");
  const onTopic = repository.commit("b.txt", { at: ago(4 * DAY) });
  const thrownAway = repository.commit("c.txt", { at: ago(3 * DAY) });
  repository.git("reset", "--quiet", "--hard", "HEAD~1");
  repository.git("switch", "--quiet", "main");
  const ids = (await spansIn(repository.folder)).map((span) => span.external_id);
  expect(ids).toHaveLength(3);
  expect(ids).toContain(`git:${onTopic}`);
  expect(ids).toContain(`git:${thrownAway}`);
});

withGit("amended and rebased copies count once, at the time of the first", async () => {
  const repository = newRepository();
  repository.commit("a.txt", { at: ago(10 * DAY) });
  repository.git("switch", "--quiet", "--create", "topic");
  repository.commit("b.txt", { at: ago(9 * DAY) });
  repository.write("b.txt", "amended");
  const environment = { ...process.env, GIT_COMMITTER_DATE: dates(0, ago(8 * DAY))["GIT_COMMITTER_DATE"] };
  const run = (...args: string[]) =>
    execFileSync("git", args, { cwd: repository.folder, env: environment, stdio: "pipe" });
  run("commit", "--quiet", "--all", "--amend", "--no-edit");
  repository.git("switch", "--quiet", "main");
  repository.commit("c.txt", { at: ago(7 * DAY) });
  repository.git("switch", "--quiet", "topic");
  run("rebase", "--quiet", "main");
  const lasting = repository.git("rev-parse", "HEAD");
  const spans = await spansIn(repository.folder);
  expect(spans.map((span) => span.end)).toEqual([10, 9, 7].map((days) => new Date(ago(days * DAY)).toISOString()));
  expect(spans[1]?.external_id).toBe(`git:${lasting}`);
});

withGit("a clone's beginning and a stash are no work", async () => {
  const origin = newRepository();
  origin.commit("a.txt", { at: ago(2 * DAY), by: "other@example.org" });
  const folder = join(temporaryFolder(), "clone");
  gitIn(origin.folder, ["clone", "--quiet", origin.folder, folder]);
  const clone = repositoryIn(folder);
  clone.git("config", "user.email", ME);
  clone.git("config", "user.name", "Me");
  clone.write("a.txt", "changed");
  gitIn(folder, ["stash"], ago(DAY));
  expect(await spansIn(folder)).toEqual([]);
});

withGit("only the last days are looked at", async () => {
  const repository = newRepository();
  repository.commit("a.txt", { at: ago(40 * DAY) });
  repository.commit("b.txt", { at: ago(20 * DAY) });
  repository.commit("c.txt", { at: ago(2 * DAY) });
  expect(await spansIn(repository.folder)).toHaveLength(2);
  expect(await spansIn(repository.folder, 7)).toHaveLength(1);
});

withGit("a commit just before the first day bounds the first span", async () => {
  const repository = newRepository();
  repository.commit("a.txt", { at: ago(30 * DAY + 5 * MINUTE) });
  repository.commit("b.txt", { at: ago(30 * DAY - 5 * MINUTE) });
  const spans = await spansIn(repository.folder);
  expect(spans.map((span) => span.start)).toEqual([new Date(ago(30 * DAY + 5 * MINUTE)).toISOString()]);
});

withGit("shallow clones, worktrees and folders deep inside are fine", async () => {
  const origin = newRepository();
  origin.commit("a.txt", { at: ago(2 * DAY) });
  origin.commit("inner/b.txt", { at: ago(DAY) });
  const shallow = join(temporaryFolder(), "shallow");
  gitIn(origin.folder, ["clone", "--quiet", "--depth=1", `file://${origin.folder}`, shallow]);
  gitIn(shallow, ["config", "user.email", ME]);
  expect(await spansIn(shallow)).toHaveLength(1);
  const linked = join(temporaryFolder(), "linked");
  origin.git("worktree", "add", "--quiet", linked);
  expect(await spansIn(linked)).toHaveLength(2);
  expect(await spansIn(join(origin.folder, "inner"))).toHaveLength(2);
});

withGit("a new repository has no history, and that is no error", async () => {
  expect(await spansIn(newRepository().folder)).toEqual([]);
});

withGit("why nothing can be reconstructed is said in a sentence", async () => {
  const nowhere = temporaryFolder();
  expect(await reconstructHistory({ directory: nowhere, nowMs: NOW })).toEqual({
    ok: false,
    reason: `${nowhere} is in no git repository`,
  });
  const nobody = newRepository();
  nobody.git("config", "--unset", "user.email");
  expect(await reconstructHistory({ directory: nobody.folder, nowMs: NOW })).toMatchObject({
    ok: false,
    reason: expect.stringContaining("git config user.email"),
  });
  const broken = join(temporaryFolder(), "broken");
  mkdirSync(join(broken, ".git"), { recursive: true });
  expect(await reconstructHistory({ directory: broken, nowMs: NOW })).toMatchObject({ ok: false });
  expect(
    await reconstructHistory({
      directory: newRepository().folder,
      nowMs: NOW,
      git: async () => ({ ok: false, code: "not-installed", message: "git is not installed, or not on PATH" }),
    }),
  ).toEqual({ ok: false, reason: "git is not installed, or not on PATH" });
});

const commit = fc.record({
  hash: fc.string({ unit: fc.constantFrom("0", "1", "a", "f"), minLength: 40, maxLength: 40 }),
  authoredMs: fc.integer({ min: 0, max: 200 }).map((minutes) => minutes * MINUTE),
  committedMs: fc.integer({ min: 0, max: 200 }).map((minutes) => minutes * MINUTE),
  email: fc.constantFrom(ME, "ME@example.org", "other@example.org"),
  subject: fc.constant(""),
  isReachable: fc.boolean(),
});

test("whatever the history, spans are at most half an hour, in order, and never overlap", () => {
  fc.assert(
    fc.property(fc.array(commit, { maxLength: 40 }), (commits: Commit[]) => {
      const spans = spansOfCommits(authoredCommits(commits, ME), { fromMs: 0, toMs: 200 * MINUTE, label: "x" });
      let lastEnd = "";
      for (const { start, end } of spans) {
        expect(Date.parse(end) - Date.parse(start)).toBeLessThanOrEqual(30 * MINUTE);
        expect(start <= end && start >= lastEnd).toBe(true);
        lastEnd = end;
      }
      expect(spans.length).toBe(new Set(commits.filter(isMine).map((each) => each.authoredMs)).size);
    }),
    { numRuns: 300 },
  );
});

function isMine(each: Commit): boolean {
  return each.email.toLowerCase() === ME;
}

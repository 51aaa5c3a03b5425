import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { nodeGit, type Git } from "../../src/git/node-git.ts";
import { GitActivity } from "../../src/git-activity/git-activity.ts";
import { temporaryFolder } from "../folder-activity/scene.ts";
import { gitIn, ME, newRepository, repositoryIn } from "../git/scene.ts";

function watching(folders: readonly string[], options: { git?: Git; environment?: Record<string, string> } = {}) {
  const calls: string[] = [];
  const activity = new GitActivity({
    settings: { watchDirs: folders, clientId: null, clientName: null },
    git: (args, cwd) => {
      calls.push(args[0] ?? "");
      return (options.git ?? nodeGit)(args, cwd);
    },
    wallMs: Date.now,
    environment: options.environment ?? {},
  });
  return {
    activity,
    calls,
    take: async () => {
      await activity.look({ thorough: true });
      return activity.takeReport();
    },
  };
}

const withGit = test.runIf(needs("git"));

withGit("what was there before is not work: neither old commits nor a dirty checkout", async () => {
  const repository = newRepository();
  repository.commit("a.txt");
  repository.write("a.txt", "dirty");
  repository.write("untracked.txt");
  const { take } = watching([repository.folder]);
  for (let round = 0; round < 3; round += 1) {
    const { data, workMs } = await take();
    expect(workMs).toBeNull();
    expect(data.repositories).toEqual([
      { path: repository.folder, branch: "main", commits: [], changed_files: 2, ahead: null, behind: null },
    ]);
  }
});

withGit("an anchor of evidence is nobody's work, a commit that is only called like one is", async () => {
  const repository = newRepository();
  repository.commit("a.txt");
  const { take } = watching([repository.folder]);
  await take();
  const subject = "Anchor MiMoLo evidence up to commit 7";
  const trailer = `MiMoLo-Anchor: 7d0f6f0e-2a4b-4a43-9d0e-5a3b1c9e8f21 7 ${"ab".repeat(32)}`;
  repository.git("commit", "--quiet", "--allow-empty", "-m", `${subject}\n\n${trailer}`);
  expect((await take()).workMs).toBeNull();
  repository.git("commit", "--quiet", "--allow-empty", "-m", subject);
  expect((await take()).data.repositories[0]?.commits).toEqual([expect.objectContaining({ subject })]);
});

withGit("a new commit of the user is work, once", async () => {
  const repository = newRepository();
  repository.commit("a.txt");
  const { activity, take } = watching([repository.folder]);
  await take();
  const hash = repository.commit("b.txt");
  await activity.look({ thorough: false });
  expect(activity.pending).toBe(1);
  const { data, workMs } = await take();
  expect(workMs).not.toBeNull();
  expect(data.schema).toBe("git_activity.summary.v1");
  expect(data.repositories[0]?.commits).toEqual([{ hash, subject: "write b.txt", at: expect.stringMatching(/Z$/) }]);
  expect((await take()).workMs).toBeNull();
});

withGit("the first commit of a new repository counts", async () => {
  const repository = newRepository();
  const { take } = watching([repository.folder]);
  await take();
  repository.commit("a.txt");
  expect((await take()).data.repositories[0]?.commits).toHaveLength(1);
});

withGit("other people's commits, a pull of them and a switch to an old branch are not work", async () => {
  const origin = newRepository();
  origin.commit("a.txt", { by: "other@example.org" });
  const folder = join(temporaryFolder(), "clone");
  gitIn(origin.folder, ["clone", "--quiet", origin.folder, folder]);
  const clone = repositoryIn(folder);
  clone.git("config", "user.email", ME);
  clone.git("config", "user.name", "Me");
  clone.git("switch", "--quiet", "--create", "old");
  clone.commit("mine.txt", { at: Date.now() - 3_600_000 });
  clone.git("switch", "--quiet", "main");
  const { take } = watching([folder]);
  await take();

  origin.commit("b.txt", { by: "other@example.org" });
  clone.git("fetch", "--quiet");
  const fetched = await take();
  expect(fetched.workMs).toBeNull();
  expect(fetched.data.repositories[0]).toMatchObject({ ahead: 0, behind: 1 });
  clone.git("merge", "--quiet", "--ff-only");
  expect((await take()).workMs).toBeNull();

  clone.git("switch", "--quiet", "old");
  const switched = await take();
  expect(switched.workMs).toBeNull();
  expect(switched.data.repositories[0]?.branch).toBe("old");
});

withGit("files that become changed, go on being changed, or are staged are work", async () => {
  const repository = newRepository();
  repository.commit("inner/a.txt");
  const { activity, take } = watching([repository.folder]);
  await take();
  repository.write("inner/a.txt", "first edit");
  expect((await take()).workMs).not.toBeNull();
  expect((await take()).workMs).toBeNull();
  repository.write("inner/a.txt", "a second, longer edit");
  expect((await take()).workMs).not.toBeNull();
  repository.write("inner/new.txt");
  const { data, workMs } = await take();
  expect(workMs).not.toBeNull();
  expect(data.repositories[0]?.changed_files).toBe(2);
  repository.git("add", ".");
  await activity.look({ thorough: false });
  expect(activity.pending).toBe(1);
});

withGit("an amended commit is one commit", async () => {
  const repository = newRepository();
  repository.commit("a.txt");
  const { activity, take } = watching([repository.folder]);
  await take();
  repository.commit("b.txt");
  await activity.look({ thorough: false });
  repository.git("commit", "--quiet", "--amend", "--message", "better words");
  const { data } = await take();
  expect(data.repositories[0]?.commits.map((commit) => commit.subject)).toEqual(["better words"]);
});

withGit("while nothing happens git is not called", async () => {
  const repository = newRepository();
  repository.commit("a.txt");
  repository.write("a.txt", "dirty");
  const { activity, calls, take } = watching([repository.folder]);
  await take();
  await take();
  calls.length = 0;
  for (let round = 0; round < 5; round += 1) await activity.look({ thorough: round % 2 === 0 });
  await take();
  expect(calls).toEqual([]);
});

withGit("linked worktrees and submodule-like git files are watched where their HEAD is", async () => {
  const repository = newRepository();
  repository.commit("a.txt");
  const linked = join(temporaryFolder(), "linked");
  repository.git("worktree", "add", "--quiet", linked);
  const { take } = watching([linked]);
  await take();
  repositoryIn(linked).commit("b.txt");
  const { data } = await take();
  expect(data.repositories).toMatchObject([{ path: linked, branch: "linked", commits: [{ subject: "write b.txt" }] }]);
});

withGit("a detached HEAD has no branch", async () => {
  const repository = newRepository();
  repository.commit("a.txt");
  repository.git("switch", "--quiet", "--detach");
  const { data } = await watching([repository.folder]).take();
  expect(data.repositories[0]?.branch).toBeNull();
});

withGit("from a folder of projects every repository is found, and a new one later", async () => {
  const folder = temporaryFolder();
  for (const name of ["one", "group/two"]) gitIn(folder, ["init", "--quiet", join(folder, name)]);
  const { activity, take } = watching([folder]);
  const { data } = await take();
  expect(data.repositories.map((repository) => repository.path).toSorted()).toEqual([
    join(folder, "group/two"),
    join(folder, "one"),
  ]);
  rmSync(join(folder, "one"), { recursive: true });
  expect((await take()).data.repositories).toHaveLength(1);
  expect(activity.trouble).toBeNull();

  const empty = temporaryFolder();
  const later = watching([empty]);
  expect((await later.take()).data.repositories).toEqual([]);
});

withGit("the collector's data directory inside a repository is not work", async () => {
  const repository = newRepository();
  repository.commit("a.txt");
  const environment = { MIMOLO_DATA_DIR: join(repository.folder, "own/data") };
  const { take } = watching([repository.folder], { environment });
  await take();
  repository.write("own/evidence/x.jsonl");
  const { data, workMs } = await take();
  expect(workMs).toBeNull();
  expect(data.repositories[0]?.changed_files).toBe(0);
});

withGit("without git the reason is told and nothing breaks", async () => {
  const repository = newRepository();
  const { activity, take } = watching([repository.folder], {
    git: async () => ({ ok: false, code: "not-installed", message: "git is not installed, or not on PATH" }),
  });
  const { data, workMs } = await take();
  expect(workMs).toBeNull();
  expect(data.repositories).toHaveLength(1);
  expect(activity.trouble).toBe("git is not installed, or not on PATH");
});

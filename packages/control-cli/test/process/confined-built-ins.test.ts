// The built-in agents as `mimolo run` starts them: confined where there is a sandbox, as well as anything goes where there is none.
import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { EvidenceRecord, StatusReport } from "@mimolo/protocol";
import { expect, test, vi } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { mimolo, place } from "./spawned.ts";

// Whole processes on machines that may be busy.
vi.setConfig({ testTimeout: 90_000 });

const WALLS = ["network", "files", "subprocess"];
const withGit = needs("git");
const inSandbox = test.runIf(needs("bwrap") && withGit);

type Place = ReturnType<typeof place>;

function git(at: Place, ...args: string[]): void {
  execFileSync("git", args, { cwd: at.folder, env: at.env, stdio: "pipe" });
}

/** A place whose folder is a repository with one commit, by a user whom only the global configuration knows. */
function repositoryPlace(): Place {
  const given = place();
  const file = join(given.env["HOME"] ?? "", ".gitconfig");
  // An agent's environment names no other: it has to find this one by the home directory.
  const at = { ...given, env: { ...given.env, GIT_CONFIG_GLOBAL: file } };
  writeFileSync(file, "[user]\n\tname = Ada\n\temail = ada@example.org\n");
  git(at, "init", "--quiet");
  writeFileSync(join(at.folder, "begun.txt"), "one\n");
  git(at, "add", ".");
  git(at, "commit", "--quiet", "-m", "begin");
  return at;
}

/** Collects in `at` while `work` is done there; the status then, and what agents said. */
async function collectWhile(at: Place, dataDir: string, work: () => void) {
  const run = mimolo(at, "run", "--data-dir", dataDir);
  await run.says("folders watched: ");
  await run.says("repositories watched: ");
  work();
  await run.says("work began");
  const { out } = await mimolo(at, "status", "--data-dir", dataDir, "--json").ended;
  run.child.kill("SIGTERM");
  expect((await run.ended).code).toBe(0);
  const told = await mimolo(at, "evidence", "--data-dir", dataDir, "--kind", "message", "--json").ended;
  const records = told.out
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as EvidenceRecord);
  const said = records.flatMap((record) =>
    record.kind === "message" ? [{ label: record.agent_label, ...(record.message["data"] as object) }] : [],
  );
  return { agents: (JSON.parse(out) as StatusReport).agents, said };
}

const paths = (said: readonly object[]) => said.flatMap((data) => ("path_samples" in data ? data.path_samples : []));
const commits = (said: readonly object[]) =>
  said
    .flatMap((data) => ("repositories" in data ? (data.repositories as { commits: object[] }[]) : []))
    .flatMap((repository) => repository.commits);

inSandbox("in a worktree whose repository lies elsewhere, both see the work, and everything is held", async () => {
  const main = repositoryPlace();
  const tree = join(main.env["HOME"] ?? "", "tree");
  git(main, "worktree", "add", "--quiet", tree);
  const at = { ...main, folder: tree };
  const { agents, said } = await collectWhile(at, at.dataDir, () => {
    writeFileSync(join(tree, "letter.txt"), "Dear Ada");
    git(at, "add", "letter.txt");
    git(at, "commit", "--quiet", "-m", "a letter");
  });
  expect(agents).toHaveLength(3);
  for (const { enforced, unenforced } of agents) {
    expect(enforced).toEqual(expect.arrayContaining(WALLS));
    expect(unenforced).toEqual([]);
  }
  expect(paths(said)).toContain(join(tree, "letter.txt"));
  expect(commits(said)).toMatchObject([{ subject: "a letter" }]);
});

inSandbox("a folder that holds the collector's own data is watched, and that data is not", async () => {
  const at = repositoryPlace();
  const { said } = await collectWhile(at, at.folder, () => writeFileSync(join(at.folder, "letter.txt"), "Dear Ada"));
  expect(paths(said)).toEqual([join(at.folder, "letter.txt")]);
});

test.runIf(process.platform === "linux" && withGit)(
  "without bubblewrap they run all the same, and it is said what nothing holds",
  async () => {
    const bare = repositoryPlace();
    const programs = join(bare.env["HOME"] ?? "", "programs");
    mkdirSync(programs);
    const folders = (process.env["PATH"] ?? "").split(delimiter);
    const found = execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8", env: { PATH: folders.join(":") } });
    symlinkSync(found.trim(), join(programs, "git"));
    const at = { ...bare, env: { ...bare.env, PATH: programs } };
    const { agents, said } = await collectWhile(at, at.dataDir, () => {
      writeFileSync(join(at.folder, "letter.txt"), "Dear Ada");
      git(at, "add", "letter.txt");
      git(at, "commit", "--quiet", "-m", "a letter");
    });
    expect(commits(said)).toMatchObject([{ subject: "a letter" }]);
    expect(paths(said)).toContain(join(at.folder, "letter.txt"));
    for (const { unenforced } of agents) expect(unenforced).toContain("network");
  },
);

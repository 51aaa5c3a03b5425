import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { agents } from "../../src/index.ts";
import { real } from "../../src/own-folders.ts";
import { regexEngineRoots } from "../../src/roots/regex-engine-root.ts";
import { temporaryFolder } from "../folder-activity/scene.ts";
import { gitIn, newRepository } from "../git/scene.ts";

const withGit = test.runIf(needs("git"));

/** What an agent reads with settings, without the regular expressions' engine and the kernel's files. */
function roots(label: string, settings: object, home = temporaryFolder()): readonly string[] {
  const plugin = agents.find((each) => each.default_label === label);
  const around = { cwd: home, environment: { HOME: home } };
  return (plugin?.rootsFor?.({ ...plugin.defaults, ...settings }, around) ?? []).filter(
    (path) => !path.startsWith("/proc/") && !path.endsWith("re2js") && !path.startsWith("/etc/"),
  );
}

test("a watched folder in no repository is all that is read", () => {
  const folder = temporaryFolder();
  expect(roots("folder-activity", { watch_dirs: [folder] })).toEqual([folder]);
  expect(roots("git-activity", { watch_dirs: [folder] })).toEqual([folder]);
  expect(roots("system-load", {})).toEqual([]);
});

test("a folder that is missing is waited for from the nearest one above it", () => {
  const folder = temporaryFolder();
  expect(roots("folder-activity", { watch_dirs: [join(folder, "a", "b")] })).toEqual([folder]);
});

test("every plugin reads what regular expressions of privacy rules need", () => {
  for (const { entry, rootsFor } of agents) {
    const engine = regexEngineRoots(entry);
    expect(engine.length).toBeGreaterThan(0);
    expect(rootsFor?.({}, { cwd: temporaryFolder(), environment: {} })).toEqual(expect.arrayContaining(engine));
  }
});

withGit("a folder inside a repository brings the whole repository", () => {
  const { folder, write } = newRepository();
  write("inner/file.txt");
  for (const label of ["folder-activity", "git-activity"])
    expect(roots(label, { watch_dirs: [join(folder, "inner")] })).toEqual([folder]);
});

withGit("of a repository that spans the home directory, folder-activity reads only the rules", () => {
  const { folder, write } = newRepository();
  write(".gitignore", "*.log");
  write("work/file.txt");
  write("private/diary.txt");
  const work = join(folder, "work");
  const read = roots("folder-activity", { watch_dirs: [work] }, folder);
  expect(read).toEqual(expect.arrayContaining([work, join(folder, ".gitignore"), join(folder, ".git", "HEAD")]));
  expect(read).not.toContain(folder);
});

withGit("a worktree, a submodule and a clone that borrows objects bring what lies elsewhere", () => {
  const main = newRepository();
  main.commit("a.txt");
  const elsewhere = real(temporaryFolder());
  const tree = join(elsewhere, "tree");
  main.git("worktree", "add", "--quiet", tree);
  expect(roots("git-activity", { watch_dirs: [tree] })).toEqual([tree, join(main.folder, ".git")]);

  // As `git submodule add` leaves it; that one is a script, and wants more of a machine than git itself.
  const part = join(main.folder, ".git", "modules", "part");
  mkdirSync(dirname(part));
  main.git("clone", "--quiet", `--separate-git-dir=${part}`, main.folder, "part");
  expect(roots("git-activity", { watch_dirs: [join(main.folder, "part")] })).toEqual([join(main.folder, "part"), part]);

  const borrower = join(elsewhere, "borrower");
  gitIn(elsewhere, ["clone", "--quiet", "--shared", main.folder, borrower]);
  expect(roots("git-activity", { watch_dirs: [borrower] })).toEqual([borrower, join(main.folder, ".git", "objects")]);
});

withGit("a link to what is no repository is not followed", () => {
  const { folder, git } = newRepository();
  git("commit", "--quiet", "--allow-empty", "--message", "one");
  const victim = temporaryFolder();
  writeFileSync(join(victim, "HEAD"), "ref: refs/heads/main");
  writeFileSync(join(folder, ".git", "commondir"), victim);
  expect(roots("git-activity", { watch_dirs: [folder] })).toEqual([folder]);

  const lured = temporaryFolder();
  writeFileSync(join(lured, ".git"), `gitdir: ${victim}`);
  expect(roots("git-activity", { watch_dirs: [lured] })).toEqual([lured]);
});

test("git's configuration is read with what it includes, file by file; passwords beside it are not", () => {
  const home = temporaryFolder();
  const xdg = join(home, ".config", "git");
  mkdirSync(xdg, { recursive: true });
  writeFileSync(join(xdg, "credentials"), "https://ada:secret@example.org");
  writeFileSync(join(xdg, "ignore"), "*.log");
  writeFileSync(
    join(home, ".gitconfig"),
    '[include]\n\tpath = "team config" ; ours\n[includeIf "gitdir:~/work/"] path = ~/work.cfg\n[core]\n\texcludesFile = ~/mine\n',
  );
  for (const name of ["team config", "work.cfg", "mine", "other"])
    writeFileSync(join(home, name), "[include]\npath=work.cfg\n");
  expect(new Set(roots("git-activity", { watch_dirs: [xdg] }, home))).toEqual(
    new Set([xdg, ...[".gitconfig", "team config", "work.cfg", "mine"].map((name) => join(home, name))]),
  );
  rmSync(join(home, ".gitconfig"));
  const folder = temporaryFolder();
  expect(roots("git-activity", { watch_dirs: [folder] }, home)).toEqual([folder, join(xdg, "ignore")]);
});

test.runIf(process.platform !== "win32")("a repository made to hold its reader up does not", () => {
  const folder = temporaryFolder();
  const git = join(folder, ".git");
  for (const name of ["objects/info", "objects/pack", "refs"]) mkdirSync(join(git, name), { recursive: true });
  execFileSync("mkfifo", [join(git, "HEAD")]);
  expect(roots("git-activity", { watch_dirs: [folder] })).toEqual([folder]);
  rmSync(join(git, "HEAD"));
  symlinkSync("/dev/zero", join(git, "HEAD"));
  expect(roots("git-activity", { watch_dirs: [folder] })).toEqual([folder]);
  rmSync(join(git, "HEAD"));
  writeFileSync(join(git, "HEAD"), "ref: refs/heads/main\n");
  // Itself, by a thousand names.
  const names = Array.from({ length: 1_000 }, (_, count) => `./${"x/../".repeat(count % 7)}.\n`);
  writeFileSync(join(git, "objects", "info", "alternates"), names.join(""));
  expect(roots("git-activity", { watch_dirs: [folder] })).toEqual([folder]);
});

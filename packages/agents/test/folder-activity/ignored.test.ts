import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder, watching } from "./scene.ts";

function repository(files: Record<string, string>): string {
  const root = temporaryFolder();
  for (const [name, content] of Object.entries({ ".git/HEAD": "ref: refs/heads/main\n", ...files })) {
    mkdirSync(join(root, name, ".."), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return root;
}

test("version control, installed packages and editors' scratch files are no work", async () => {
  const root = repository({ "node_modules/a/index.js": "" });
  const scene = await watching({ root });
  scene.write(".git/index");
  scene.write("node_modules/a/other.js");
  scene.write("src/node_modules/b.js");
  scene.write(".notes.txt.swp");
  scene.write("4913");
  scene.write("essay.md~");
  expect(await scene.counts()).toBe("0/0/0/0");
  expect(scene.activity.watchCount).toBe(2);
});

test("gitignore files count at every level, deeper ones over outer ones", async () => {
  const root = repository({
    ".gitignore": "*.log\nbuild/\n!wanted.log\n",
    "sub/.gitignore": "!keep.log\n/local.txt\n",
    ".git/info/exclude": "secret.txt\n",
  });
  const scene = await watching({ root });
  for (const name of ["a.log", "build/out.js", "sub/b.log", "sub/local.txt", "secret.txt"]) scene.write(name);
  expect(await scene.counts()).toBe("0/0/0/0");
  for (const name of ["wanted.log", "sub/keep.log", "local.txt", "sub/secret.md"]) scene.write(name);
  expect(await scene.counts()).toBe("4/0/0/0");
});

test("a repository inside a repository follows its own rules only", async () => {
  const root = repository({ ".gitignore": "*.log\n", "inner/.git/HEAD": "", "inner/.gitignore": "*.tmp\n" });
  const scene = await watching({ root });
  scene.write("inner/a.log");
  scene.write("inner/a.tmp");
  expect((await scene.take()).path_samples).toEqual([join(root, "inner/a.log")]);
});

test("rules above the watched folder count, unless they hide the folder itself", async () => {
  const root = repository({ ".gitignore": "*.log\ndist/\n", "src/a.ts": "", "dist/a.js": "" });
  const inSource = await watching({ root: join(root, "src") });
  inSource.write("a.log");
  inSource.write("b.ts");
  expect(await inSource.counts()).toBe("1/0/0/0");
  const inDist = await watching({ root: join(root, "dist") });
  inDist.write("b.js");
  expect(await inDist.counts()).toBe("1/0/0/0");
});

test("a changed gitignore holds at once, and what it hides or shows is not work", async () => {
  const root = repository({ ".gitignore": "generated/\n" });
  const scene = await watching({ root, files: ["generated/old.js", "notes/a.txt", "b.log"] });
  scene.write(".gitignore", "*.log\nnotes/\n");
  scene.write("new.txt");
  scene.write("new.log");
  expect(await scene.counts()).toBe("1/1/0/0");
  scene.write("notes/b.txt");
  scene.write("b.log", "more");
  scene.write("generated/old.js", "now watched");
  expect((await scene.take()).path_samples).toEqual([join(root, "generated/old.js")]);
});

test("rules are read again when only some extensions count", async () => {
  const root = repository({ ".gitignore": "" });
  const scene = await watching({ root, config: { extensions: ["ts"] } });
  scene.write("a.txt");
  scene.write(".gitignore", "hidden/\n");
  scene.write("hidden/a.ts");
  scene.write("shown/a.ts");
  expect((await scene.take()).path_samples).toEqual([join(root, "shown/a.ts")]);
});

test("exclude files and rules above the watched folder are read again too", async () => {
  const root = repository({ ".git/info/exclude": "", "src/a.ts": "" });
  const scene = await watching({ root: join(root, "src") });
  appendFileSync(join(root, ".git/info/exclude"), "*.draft\n");
  scene.write("a.draft");
  expect(await scene.counts()).toBe("0/0/0/0");
  writeFileSync(join(root, ".gitignore"), "*.sketch\n");
  scene.write("a.sketch");
  expect(await scene.counts()).toBe("0/0/0/0");
});

test("the settings' patterns come before gitignore, in both directions", async () => {
  const root = repository({ ".gitignore": "*.log\n" });
  const scene = await watching({ root, config: { ignore: ["drafts/", "!important.log", "!node_modules/"] } });
  for (const name of ["drafts/a.txt", "important.log", "other.log", "node_modules/mine.js"]) scene.write(name);
  expect(await scene.counts()).toBe("2/0/0/0");
});

test("the collector's own data is never watched, wherever it lies", async () => {
  const root = temporaryFolder();
  const inside = { MIMOLO_DATA_DIR: join(root, "d/data"), MIMOLO_AGENT_DATA_DIR: join(root, "d/data/agents/a/1") };
  const scene = await watching({ root, files: ["d/data/agents/a/1/x"], environment: inside });
  for (const name of ["d/evidence/commits.jsonl", "d/data/agents/a/1/y", "d/new"]) scene.write(name);
  expect(await scene.counts()).toBe("0/0/0/0");

  const same = temporaryFolder();
  const around = await watching({
    root: same,
    files: ["evidence/commits.jsonl"],
    environment: { MIMOLO_DATA_DIR: join(same, "data") },
  });
  for (const name of ["evidence/2026-11-21.jsonl", "state/head.json", "data/agents/x"]) around.write(name);
  around.write("my-work.txt");
  expect((await around.take()).path_samples).toEqual([join(same, "my-work.txt")]);
});

test("a data directory beside the watched folder hides nothing in it", async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "watched/data"), { recursive: true });
  const scene = await watching({
    root: join(folder, "watched"),
    environment: { MIMOLO_DATA_DIR: join(folder, "data") },
  });
  scene.write("data/mine.txt");
  expect(await scene.counts()).toBe("1/0/0/0");
});

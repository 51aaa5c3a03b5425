import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder, until, watching } from "./scene.ts";

test("new, written, removed and renamed files are counted, each once", async () => {
  const scene = await watching({ files: ["kept.txt", "written.txt", "removed.txt", "old-name.txt"] });
  scene.write("new.txt");
  scene.write("written.txt", "other content");
  scene.remove("removed.txt");
  scene.move("old-name.txt", "new-name.txt");
  const data = await scene.take();
  expect(data.counts).toEqual({ created: 1, modified: 1, deleted: 1, renamed: 1, total: 4 });
  expect(data.folders).toEqual([scene.root]);
  expect(data.top_extensions).toEqual([{ ext: ".txt", count: 4 }]);
  expect(new Set(data.path_samples)).toEqual(
    new Set(["new.txt", "written.txt", "removed.txt", "new-name.txt"].map((name) => join(scene.root, name))),
  );
  expect(data.dropped_events).toBe(0);
  expect(data.schema).toBe("folder_activity.summary.v1");
  expect(data.window.duration_s).toBeGreaterThanOrEqual(0);
  expect(await scene.counts()).toBe("0/0/0/0");
});

test("events wake the agent by themselves, and what they tell is pending until a summary", async () => {
  const scene = await watching();
  scene.write("a.txt");
  await until(() => scene.activity.pending === 1);
  scene.write("b.txt");
  await until(() => scene.activity.pending === 2);
  expect(await scene.counts()).toBe("2/0/0/0");
  expect(scene.activity.pending).toBe(0);
});

test("an atomic save counts as one modified, even when its temporary file was seen before", async () => {
  const scene = await watching({ files: ["essay.md"] });
  scene.write("essay.md.tmp-1", "better");
  scene.move("essay.md.tmp-1", "essay.md");
  expect(await scene.counts()).toBe("0/1/0/0");

  scene.write("essay.md.tmp-2", "better still");
  await until(() => scene.activity.pending === 1);
  scene.move("essay.md.tmp-2", "essay.md");
  expect(await scene.counts()).toBe("0/1/0/0");
});

test("a file that came and went between two looks is nothing", async () => {
  const scene = await watching();
  scene.write("blink.txt");
  scene.remove("blink.txt");
  expect(await scene.counts()).toBe("0/0/0/0");
});

test("a new file in a freed inode is no rename", async () => {
  const scene = await watching({ files: ["first.txt"] });
  scene.remove("first.txt");
  scene.write("second.txt");
  expect(await scene.counts()).toBe("1/0/1/0");
});

test("files made in a new folder before it was watched count as created", async () => {
  const scene = await watching();
  scene.write("one/two/three/deep.txt");
  scene.write("one/two/middle.txt");
  scene.write("one/top.txt");
  expect(await scene.counts()).toBe("3/0/0/0");
  expect(scene.activity.watchCount).toBe(4);
  scene.write("one/two/three/later.txt");
  expect(await scene.counts()).toBe("1/0/0/0");
});

test("a renamed folder is one rename, and goes on being watched in its new place", async () => {
  const scene = await watching({ files: ["before/a.txt", "before/inner/b.txt"] });
  scene.move("before", "after");
  const data = await scene.take();
  expect(data.counts).toEqual({ created: 0, modified: 0, deleted: 0, renamed: 1, total: 1 });
  expect(data.path_samples).toEqual([join(scene.root, "after")]);
  scene.write("after/inner/b.txt", "other content");
  expect((await scene.take()).path_samples).toEqual([join(scene.root, "after/inner/b.txt")]);
});

test("a file written inside a folder that is then renamed is one of each", async () => {
  const scene = await watching({ files: ["before/a.txt", "before/b.txt"] });
  scene.write("before/a.txt", "other content");
  scene.move("before", "after");
  expect(await scene.counts()).toBe("0/1/0/1");
});

test("a removed folder counts every file it held, and its watches are given back", async () => {
  const scene = await watching({ files: ["gone/a.txt", "gone/inner/b.txt", "kept.txt"] });
  expect(scene.activity.watchCount).toBe(3);
  scene.remove("gone");
  expect(await scene.counts()).toBe("0/0/2/0");
  expect(scene.activity.watchCount).toBe(1);
});

test("a folder made anew under its old name counts what differs", async () => {
  const scene = await watching({ files: ["out/a.txt", "out/b.txt"] });
  scene.remove("out");
  scene.write("out/a.txt", "a new build");
  expect(await scene.counts()).toBe("0/1/1/0");
  scene.write("out/c.txt");
  expect(await scene.counts()).toBe("1/0/0/0");
});

test("reading and chmod are no work", async () => {
  const scene = await watching({ files: ["quiet.txt"] });
  const path = join(scene.root, "quiet.txt");
  readFileSync(path);
  chmodSync(path, 0o600);
  chmodSync(path, 0o644);
  expect(await scene.counts()).toBe("0/0/0/0");
});

test("only the extensions asked for count", async () => {
  const scene = await watching({ config: { extensions: ["TS", ".md"] } });
  for (const name of ["a.ts", "b.md", "c.js", "no-extension"]) scene.write(name);
  const data = await scene.take();
  expect(data.counts.created).toBe(2);
  expect(data.top_extensions).toEqual([
    { ext: ".md", count: 1 },
    { ext: ".ts", count: 1 },
  ]);
});

test("client and samples are as the settings say", async () => {
  const scene = await watching({
    config: { client_id: "c-1", client_name: "Acme", emit_path_samples_limit: 2 },
  });
  for (const name of ["a", "b", "c"]) scene.write(name);
  const data = await scene.take();
  expect(data).toMatchObject({ client_id: "c-1", client_name: "Acme", counts: { created: 3 } });
  expect(data.path_samples).toHaveLength(2);
});

test("a watched folder may be removed, and counts again when it is back", async () => {
  const root = join(temporaryFolder(), "project");
  mkdirSync(root);
  const scene = await watching({ root, files: ["a.txt", "b.txt"] });
  rmSync(root, { recursive: true });
  expect(await scene.counts()).toBe("0/0/2/0");
  expect(scene.activity.trouble).toContain(root);
  scene.write("c.txt");
  expect(await scene.counts()).toBe("1/0/0/0");
  expect(scene.activity.trouble).toBeNull();
  scene.write("d.txt");
  expect(await scene.counts()).toBe("1/0/0/0");
});

test("a watched folder may be replaced by another", async () => {
  const root = join(temporaryFolder(), "project");
  mkdirSync(root);
  const scene = await watching({ root, files: ["same.txt", "old.txt"] });
  const other = `${root}-other`;
  mkdirSync(other);
  writeFileSync(join(other, "new.txt"), "new");
  rmSync(root, { recursive: true });
  renameSync(other, root);
  expect(await scene.counts()).toBe("1/0/2/0");
});

test("links in a circle are not followed", async () => {
  const root = temporaryFolder();
  symlinkSync(root, join(root, "me"));
  const scene = await watching({ root, files: ["inner/a.txt"] });
  symlinkSync("..", join(root, "inner/up"));
  expect(await scene.counts()).toBe("1/0/0/0");
  expect(scene.activity.watchCount).toBe(2);
});

test("two watched folders, one inside the other, count nothing twice", async () => {
  const root = temporaryFolder();
  mkdirSync(join(root, "inner"));
  const scene = await watching({ root, config: { watch_dirs: [root, join(root, "inner"), root] } });
  scene.write("inner/a.txt");
  scene.write("b.txt");
  expect(await scene.counts()).toBe("2/0/0/0");
  scene.move("b.txt", "inner/b.txt");
  expect(await scene.counts()).toBe("0/0/0/1");
});

test("a folder that cannot be read does not stop the others", async () => {
  const root = temporaryFolder();
  mkdirSync(join(root, "closed"), { mode: 0o000 });
  const scene = await watching({ root });
  scene.write("open.txt");
  expect(await scene.counts()).toBe("1/0/0/0");
  chmodSync(join(root, "closed"), 0o755);
});

import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { nodeWatch, type Watch, type WatchListener } from "../../src/folder-activity/node-watch.ts";
import { temporaryFolder, until, watching } from "./scene.ts";

const nameless: Watch = (folder, listener) =>
  nodeWatch(folder, { failed: () => listener.failed(), changed: () => listener.changed(null) });

test("when watches run out the deepest folders go without, said aloud", async () => {
  const files = ["a/1.txt", "b/1.txt", "a/deep/1.txt", "b/deep/1.txt", "a/deep/deeper/1.txt"];
  const scene = await watching({ files, limits: { watches: 4 } });
  expect(scene.activity.watchCount).toBe(4);
  expect(scene.said).toHaveLength(1);
  expect(scene.said[0]).toMatch(/^warning: 4 folders are watched.*1 deeper/);
  scene.write("a/2.txt");
  scene.write("b/2.txt");
  expect(await scene.counts()).toBe("2/0/0/0");
  scene.write("c/1.txt");
  await scene.take();
  expect(scene.activity.watchCount).toBe(4);
});

test("a system without free watches leaves the agent alive", async () => {
  let left = 2;
  const scarce: Watch = (folder, listener) => {
    left -= 1;
    if (left < 0) throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
    return nodeWatch(folder, listener);
  };
  const scene = await watching({ files: ["a/1.txt", "b/1.txt", "c/1.txt"], watch: scarce });
  expect(scene.activity.watchCount).toBe(2);
  expect(scene.said.join()).toContain("max_user_watches");
  scene.write("top.txt");
  expect(await scene.counts()).toBe("1/0/0/0");
});

test("after a full burst the folders are read again and nothing is missing", async () => {
  const queuedEvents = 100;
  // As the kernel does: past its limit, events are dropped without a word.
  let delivered = 0;
  const forgetful: Watch = (folder, listener) =>
    nodeWatch(folder, {
      failed: () => listener.failed(),
      changed: (name) => {
        if (delivered === 0) setImmediate(() => (delivered = 0));
        delivered += 1;
        if (delivered <= queuedEvents) listener.changed(name);
      },
    });
  const scene = await watching({ files: ["inner/known.txt"], watch: forgetful, limits: { queuedEvents } });
  for (let index = 0; index < 300; index += 1) scene.write(`inner/file-${index}.txt`);
  const data = await scene.take();
  expect(data.counts.created).toBe(300);
  expect(data.dropped_events).toBeGreaterThan(200);
  expect(scene.said.join()).toContain("read again");
  scene.write("inner/one-more.txt");
  const after = await scene.take();
  expect(after.counts.created).toBe(1);
  expect(after.dropped_events).toBe(0);
});

test("more files at once than the kernel queues are all counted", async () => {
  const root = temporaryFolder();
  const scene = await watching({ root });
  for (let index = 0; index < 17_000; index += 1) closeSync(openSync(join(root, `file-${index}.txt`), "w"));
  const data = await scene.take();
  expect(data.counts.created).toBe(17_000);
  if (process.platform === "linux") expect(data.dropped_events).toBeGreaterThan(0);
  expect(JSON.stringify(data).length).toBeLessThan(32_768);
});

test("a watch that fails is taken up again when its folder still stands", async () => {
  const listeners = new Map<string, WatchListener>();
  const remembering: Watch = (folder, listener) => {
    listeners.set(folder, listener);
    return nodeWatch(folder, listener);
  };
  const scene = await watching({ files: ["inner/a.txt"], watch: remembering });
  for (const listener of listeners.values()) listener.failed();
  expect(scene.activity.watchCount).toBe(0);
  expect(scene.activity.trouble).toContain("cannot be watched");
  await scene.activity.checkRoots();
  expect(scene.activity.trouble).toBeNull();
  expect(scene.activity.watchCount).toBe(2);
  scene.write("inner/b.txt");
  expect(await scene.counts()).toBe("1/0/0/0");
});

test("where the system names no file, the whole folder is looked at", async () => {
  const scene = await watching({ files: ["inner/a.txt", "inner/b.txt"], watch: nameless });
  scene.write("inner/a.txt", "other content");
  scene.move("inner/b.txt", "c.txt");
  await until(async () => scene.activity.pending >= 2);
  expect(await scene.counts()).toBe("0/1/0/1");
});

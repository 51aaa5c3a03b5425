import { expect, test } from "vitest";
import { Folder } from "../../src/folder-activity/folder.ts";
import { Journal } from "../../src/folder-activity/journal.ts";

const STAMP = { inode: 1, bornMs: 1, mtimeMs: 1, size: 1 };

function journal(queuedEvents = 1_000_000) {
  let stirred = 0;
  const kept = new Journal({ queuedEvents, first: () => (stirred += 1) });
  return { kept, folder: new Folder(null, "/watched", STAMP), stirred: () => stirred };
}

test("the first event stirs, those that follow do not until they were taken", () => {
  const { kept, folder, stirred } = journal();
  for (const name of ["a", "a", "b"]) kept.mark(folder, name);
  expect(stirred()).toBe(1);
  expect([...(kept.take().names.get(folder) ?? [])]).toEqual(["a", "b"]);
  expect(kept.isEmpty).toBe(true);
  kept.mark(folder, "a");
  expect(stirred()).toBe(2);
});

test("names that are known to be ignored stir nobody, rules files always do", () => {
  const { kept, folder, stirred } = journal();
  for (const name of ["debug.log", ".gitignore"]) folder.overlook(name);
  kept.mark(folder, "debug.log");
  expect(stirred()).toBe(0);
  kept.mark(folder, ".gitignore");
  expect(stirred()).toBe(1);
});

test("when more names wait than are kept, everything is read again", () => {
  const { kept, folder } = journal();
  for (let index = 0; index <= 65_536; index += 1) kept.mark(folder, `name-${index}`);
  const marks = kept.take();
  expect(marks.rescan).toBe(true);
  expect(marks.names.size).toBe(0);
  expect(marks.dropped).toBe(false);
});

test("a burst as long as the kernel's queue is taken for a loss", async () => {
  const { kept, folder } = journal(10);
  for (let index = 0; index < 10; index += 1) kept.mark(folder, "same");
  await new Promise((resolve) => setImmediate(resolve));
  const marks = kept.take();
  expect([marks.rescan, marks.dropped]).toEqual([true, true]);
});

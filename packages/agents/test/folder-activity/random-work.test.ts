import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Change } from "../../src/folder-activity/changes.ts";
import { nodeWatch } from "../../src/folder-activity/node-watch.ts";
import { WatchedTree } from "../../src/folder-activity/watched-tree.ts";
import { temporaryFolder } from "./scene.ts";

const folder = fc.constantFrom("", "a/", "a/b/", "c/", "c/a/");
const file = fc.tuple(folder, fc.constantFrom("x", "y", "z")).map(([where, name]) => `${where}${name}`);
const place = fc.constantFrom("a", "a/b", "c", "c/a", "d");
const operation = fc.oneof(
  { weight: 4, arbitrary: fc.record({ act: fc.constant("write" as const), at: file }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("save" as const), at: file }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("move" as const), at: file, to: file }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("move" as const), at: place, to: place }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("remove" as const), at: fc.oneof(file, place) }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant("look" as const), at: fc.constant("") }) },
);
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

let content = 0;

/** Does what a person or a program might; what cannot be done is left out. */
function apply(root: string, each: Operation): void {
  const path = join(root, each.at);
  try {
    if (each.act === "remove") rmSync(path, { recursive: true });
    if (each.act === "write" || each.act === "save") {
      if (existsSync(path) && statSync(path).isDirectory()) return;
      mkdirSync(dirname(path), { recursive: true });
      const target = each.act === "save" ? `${path}.tmp` : path;
      writeFileSync(target, "x".repeat((content += 1) % 5_000));
      if (target !== path) renameSync(target, path);
    }
    if (each.act === "move" && "to" in each) renameSync(path, join(root, each.to));
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
  }
}

function filesBelow(root: string): number {
  return readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;
}

test("after any work, looked at in any pieces, the tree knows every file and owes none", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { maxLength: 40 }), async (operations) => {
      const root = temporaryFolder();
      const changes: Change[] = [];
      let dropped = 0;
      const tree = new WatchedTree({
        watchDirs: [root],
        extensions: [],
        patterns: [],
        environment: {},
        limits: { watches: 1_000, queuedEvents: 16_384 },
        watch: nodeWatch,
        wallMs: Date.now,
        stirred: () => {},
        changed: (seen, droppedEvents) => {
          changes.push(...seen);
          dropped += droppedEvents;
        },
        say: () => {},
      });
      try {
        await tree.start();
        for (const each of operations) {
          if (each.act === "look") await tree.settle();
          else apply(root, each);
        }
        await tree.settle();
        const count = (kind: Change["kind"]) => changes.filter((change) => change.kind === kind).length;
        const consumed = changes.filter((change) => change.kind === "modified" && change.consumed !== undefined).length;
        expect(count("created") - count("deleted") - consumed).toBe(filesBelow(root));
        expect(dropped).toBe(0);
        // Whatever is written now is noticed, wherever it lies: no folder lost its watch.
        changes.length = 0;
        const folders = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) =>
          entry.isDirectory(),
        );
        for (const entry of folders) writeFileSync(join(entry.parentPath, entry.name, "last"), "");
        await tree.settle();
        expect(count("created")).toBe(folders.length);
        expect(tree.watchCount).toBe(folders.length + 1);
      } finally {
        tree.close();
        rmSync(root, { recursive: true, force: true });
      }
    }),
    { numRuns: 200 },
  );
});

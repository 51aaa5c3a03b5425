import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type Change, changesIn, type Observation } from "../../src/folder-activity/changes.ts";
import type { Stamp } from "../../src/folder-activity/stamp.ts";
import { Tally } from "../../src/folder-activity/tally.ts";

type Files = Map<string, Stamp>;

const NAMES = ["a", "b", "c", "d", "e", "f"];
const operation = fc.record({
  act: fc.constantFrom("write", "remove", "move", "save-atomically", "touch-nothing"),
  from: fc.constantFrom(...NAMES),
  to: fc.constantFrom(...NAMES),
});
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

/** A file system that gives freed inodes away again, as ext4 does. */
class Disk {
  files: Files = new Map();
  #now = 1;

  apply({ act, from, to }: Operation): void {
    this.#now += 1;
    const file = this.files.get(from);
    if (act === "write") this.files.set(from, this.#written(file ?? this.#fresh()));
    if (act === "save-atomically") this.files.set(from, this.#fresh());
    if (act === "remove") this.files.delete(from);
    if (act === "move" && file !== undefined && from !== to) {
      this.files.delete(from);
      this.files.set(to, file);
    }
  }

  snapshot(): Files {
    return new Map(this.files);
  }

  #fresh(): Stamp {
    const taken = new Set([...this.files.values()].map((stamp) => stamp.inode));
    let inode = 1;
    while (taken.has(inode)) inode += 1;
    return { inode, bornMs: this.#now, mtimeMs: this.#now, size: 1 };
  }

  #written(file: Stamp): Stamp {
    return { ...file, mtimeMs: this.#now, size: file.size + 1 };
  }
}

function observations(before: Files, after: Files): Observation[] {
  return NAMES.map((path) => ({ path, before: before.get(path) ?? null, after: after.get(path) ?? null }));
}

function count(changes: readonly Change[], kind: Change["kind"]): number {
  return changes.filter((change) => change.kind === kind).length;
}

function played(first: readonly Operation[], second: readonly Operation[]): { before: Files; after: Files } {
  const disk = new Disk();
  for (const each of first) disk.apply(each);
  const before = disk.snapshot();
  for (const each of second) disk.apply(each);
  return { before, after: disk.snapshot() };
}

function kinds(seen: Observation[]): string[] {
  return changesIn(seen)
    .map((change) => change.kind)
    .toSorted();
}

const operations = fc.array(operation, { maxLength: 12 });

test("changes account for every file that came or went, and name a path once at most", () => {
  fc.assert(
    fc.property(operations, operations, (first, second) => {
      const { before, after } = played(first, second);
      const changes = changesIn(observations(before, after));
      const consumed = changes.filter((change) => change.kind === "modified" && change.consumed !== undefined).length;
      expect(after.size - before.size).toBe(count(changes, "created") - count(changes, "deleted") - consumed);
      expect(new Set(changes.map((change) => change.path)).size).toBe(changes.length);
      for (const change of changes) expect(after.has(change.path)).toBe(change.kind !== "deleted");
    }),
    { numRuns: 500 },
  );
});

test("what was not touched is not counted, and nothing is counted twice", () => {
  fc.assert(
    fc.property(operations, (first) => {
      const { after } = played(first, []);
      expect(changesIn(observations(after, after))).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test("the order in which names are looked at changes no count", () => {
  fc.assert(
    fc.property(
      operations,
      operations,
      fc.shuffledSubarray(NAMES, { minLength: NAMES.length }),
      (first, second, order) => {
        const { before, after } = played(first, second);
        const seen = observations(before, after);
        const shuffled = order.flatMap((name) => seen.filter((each) => each.path === name));
        expect(kinds(shuffled)).toEqual(kinds(seen));
      },
    ),
    { numRuns: 300 },
  );
});

test("a rename names two paths of one inode", () => {
  fc.assert(
    fc.property(operations, operations, (first, second) => {
      const { before, after } = played(first, second);
      for (const change of changesIn(observations(before, after))) {
        if (change.kind !== "renamed") continue;
        expect(before.get(change.from)?.inode).toBe(after.get(change.path)?.inode);
        expect(before.get(change.from)?.bornMs).toBe(after.get(change.path)?.bornMs);
      }
    }),
    { numRuns: 300 },
  );
});

test("without inodes a rename is known by birth, size and time", () => {
  const stamp: Stamp = { inode: 0, bornMs: 5, mtimeMs: 7, size: 9 };
  const seen = (after: Stamp): Observation[] => [
    { path: "a", before: stamp, after: null },
    { path: "b", before: null, after },
  ];
  expect(changesIn(seen(stamp))).toEqual([{ kind: "renamed", path: "b", from: "a" }]);
  expect(changesIn(seen({ ...stamp, size: 10 })).map((change) => change.kind)).toEqual(["deleted", "created"]);
});

test("a tally's counts are exact and its lists bounded, however much happens", () => {
  fc.assert(
    fc.property(fc.nat({ max: 5_000 }), fc.integer({ min: 0, max: 50 }), (created, sampleLimit) => {
      const tally = new Tally({ sampleLimit });
      const long = "x".repeat(200);
      for (let index = 0; index < created; index += 1) {
        tally.add([{ kind: "created", path: `/${long}/${index}/file-${index}.e${index % 300}` }]);
      }
      const report = tally.take();
      expect(report.counts).toEqual({ created, modified: 0, deleted: 0, renamed: 0, total: created });
      expect(report.folders.length).toBeLessThanOrEqual(20);
      expect(report.topExtensions.length).toBeLessThanOrEqual(10);
      expect(report.pathSamples.length).toBeLessThanOrEqual(sampleLimit);
      expect(tally.total).toBe(0);
    }),
    { numRuns: 30 },
  );
});

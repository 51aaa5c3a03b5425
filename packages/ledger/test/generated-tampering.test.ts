import * as fc from "fast-check";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { isBlankLine } from "../src/blank-line.ts";
import { type Generated, life, lived, verifyAll } from "./generated-ledger.ts";

type Files = ReadonlyMap<string, Buffer>;
type Picks = readonly [number, number, number];

const LINES = /\.jsonl$/;
const DAY_FILE = /\/\d{4}-\d\d-\d\d(\.\d+)?\.jsonl(\.gz)?$/;
const CHECKPOINTS = "evidence/checkpoints.jsonl";

function pickOf<T>(from: readonly T[], pick: number): T | undefined {
  return from[pick % Math.max(1, from.length)];
}

const linesOf = (bytes: Buffer) => bytes.toString("latin1").split("\n").slice(0, -1);
const textOf = (lines: readonly string[]) => Buffer.from(lines.map((line) => `${line}\n`).join(""), "latin1");

function change(files: Files, names: readonly string[], pick: number, how: (bytes: Buffer) => Buffer | null): Files {
  const name = pickOf(names.toSorted(), pick);
  if (name === undefined) return files;
  const changed = new Map(files);
  const bytes = how(Buffer.from(files.get(name) ?? ""));
  if (bytes === null) changed.delete(name);
  else changed.set(name, bytes);
  return changed;
}

const all = (files: Files) => [...files.keys()];
const ofLines = (files: Files) => all(files).filter((name) => LINES.test(name));
const ofDays = (files: Files) => all(files).filter((name) => DAY_FILE.test(name));

/** What somebody does to the files of `one`, who has the files of `other` ledger at hand. */
const TAMPERINGS: Record<string, (one: Generated, other: Generated, picks: Picks) => Files> = {
  byte: ({ files }, _other, [which, where, what]) =>
    change(files, all(files), which, (bytes) => {
      const at = where % bytes.length;
      bytes[at] = (bytes[at] ?? 0) ^ (1 + (what % 255));
      return bytes;
    }),
  swap: ({ files }, _other, [which, first, second]) =>
    change(files, ofLines(files), which, (bytes) => {
      const lines = linesOf(bytes);
      const [a, b] = [first % lines.length, second % lines.length];
      return textOf(lines.with(a, lines[b] ?? "").with(b, lines[a] ?? ""));
    }),
  cut: ({ files }, _other, [which, where]) =>
    change(files, all(files), which, (bytes) => bytes.subarray(0, where % bytes.length)),
  remove: ({ files }, _other, [which]) => change(files, all(files), which, () => null),
  "remove a line": ({ files }, _other, [which, where]) =>
    change(files, ofLines(files), which, (bytes) => textOf(linesOf(bytes).toSpliced(where % linesOf(bytes).length, 1))),
  insert: ({ files }, _other, [which, where, what]) =>
    change(files, all(files), which, (bytes) => {
      const at = where % (bytes.length + 1);
      return Buffer.concat([bytes.subarray(0, at), Buffer.from(`x${what}`), bytes.subarray(at)]);
    }),
  "insert a line": ({ files }, _other, [which, where]) =>
    change(files, ofLines(files), which, (bytes) =>
      textOf(linesOf(bytes).toSpliced(where % (linesOf(bytes).length + 1), 0, '{"seq":1,"n":1}')),
    ),
  "replace a part": ({ files }, other, [which, from]) => {
    const theirs = pickOf(ofDays(other.files).toSorted(), from);
    return change(files, ofDays(files), which, () => Buffer.from(other.files.get(theirs ?? "") ?? ""));
  },
  "replace a day": ({ files }, other, [which]) => {
    const day = pickOf(ofDays(files).toSorted(), which)?.slice(0, "evidence/2026-11-21".length) ?? "";
    const theirs = [...other.files].filter(([name]) => name.startsWith(`${day}.`));
    return theirs.length === 0
      ? files
      : new Map([...[...files].filter(([name]) => !name.startsWith(`${day}.`)), ...theirs]);
  },
  "remove a checkpoint": ({ files }, _other, [where]) =>
    change(files, [CHECKPOINTS], 0, (bytes) => textOf(linesOf(bytes).toSpliced(where % linesOf(bytes).length, 1))),
  "roll back to before a checkpoint": ({ files, earlier }, _other, [when]) => {
    const back = pickOf(earlier, when) ?? files;
    return new Map([...back, [CHECKPOINTS, files.get(CHECKPOINTS) ?? Buffer.alloc(0)]]);
  },
};

/** Why a change was not found, where it cannot be; null where it should have been. */
function excuse(before: Files, after: Files): string | null {
  const touched = [...new Set([...before.keys(), ...after.keys()])].filter((name) => {
    const [old, now] = [before.get(name), after.get(name)];
    return old === undefined || now === undefined || !old.equals(now);
  });
  if (touched.length === 0) return "nothing was changed";
  const reasons = touched.map((name) => {
    const [old, now] = [before.get(name), after.get(name)];
    if (/\.seal(\.\d+)?$/.test(name) && now === undefined) return "a seal that is gone leaves its day open";
    if (name === "state/head.checkpoints.json" && now === undefined) return "no checkpoint is gone with their memory";
    if (name.endsWith(".gz") && old !== undefined && now !== undefined && gunzipSync(now).equals(gunzipSync(old)))
      return "packed otherwise, unpacked the same";
    if (
      name.endsWith(".minisig") &&
      old !== undefined &&
      now !== undefined &&
      linesOf(now).at(1) === linesOf(old).at(1)
    )
      return "the untrusted comment of a signature";
    if (old !== undefined && now !== undefined && DAY_FILE.test(name) && onlyErasedLinesDiffer(old, now))
      return "what is left of an erased line, its day not sealed";
    return null;
  });
  return reasons.includes(null) ? null : reasons.join();
}

function onlyErasedLinesDiffer(old: Buffer, now: Buffer): boolean {
  const [a, b] = [linesOf(old), linesOf(now)];
  return (
    a.length === b.length && a.every((line, at) => line === b[at] || isBlankLine(Buffer.from(b[at] ?? "", "latin1")))
  );
}

const picks = fc.tuple(fc.nat(1000), fc.nat(100_000), fc.nat(1000));

test.each(Object.keys(TAMPERINGS))("%s: found and named, or among what cannot be found", async (kind) => {
  await fc.assert(
    fc.asyncProperty(life, life, fc.array(picks, { minLength: 4, maxLength: 4 }), async (steps, others, tries) => {
      const [one, other] = [await lived(steps), await lived(others)];
      for (const pick of tries) {
        const files = TAMPERINGS[kind]?.(one, other, pick) ?? one.files;
        const { ok, fault } = await verifyAll(files, one.anchors);
        if (ok) expect(excuse(one.files, files)).not.toBeNull();
        else expect(fault).toMatchObject({ file: expect.stringMatching(/./), reason: expect.stringMatching(/./) });
      }
    }),
    { numRuns: 40 },
  );
});

test("a folder rolled back to before an anchor is found, its own memory rolled back with it", async () => {
  let found = 0;
  await fc.assert(
    fc.asyncProperty(life, fc.nat(10), async (steps, when) => {
      const { earlier, anchors } = await lived([...steps, { do: "commit", records: 1 }, { do: "anchor" }]);
      const back = pickOf(earlier.slice(0, -2), when);
      if (back === undefined) return;
      const { ok, fault } = await verifyAll(back, anchors);
      const last = anchors.at(-1)?.n ?? 0;
      const kept = linesOf(back.get("evidence/commits.jsonl") ?? Buffer.alloc(0)).length - 1;
      expect(ok).toBe(kept >= last);
      if (!ok) expect(fault).toMatchObject({ file: "commits.jsonl", reason: "tail-cut" });
      found += ok ? 0 : 1;
    }),
    { numRuns: 100 },
  );
  expect(found).toBeGreaterThan(5);
});

import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readLines } from "../src/index.ts";
import { record, type TemporaryLedger, temporaryLedger } from "./temporary-ledger.ts";
import { withoutSync } from "./without-sync.ts";

const DAY = "evidence/2026-11-21.jsonl";
const COMMITS = "evidence/commits.jsonl";
const HEAD = "state/head.json";
const CHECKPOINTS = "evidence/checkpoints.jsonl";

/** Four records in two commits, as they were before the second commit line was written. */
async function crashBeforeCommitLine() {
  const whole = await temporaryLedger();
  const { ledger } = await whole.open();
  for (let i = 0; i < 2; i++) ledger.append(record(i));
  await ledger.commit();
  await ledger.checkpoint();
  const earlier = await whole.files();
  for (let i = 2; i < 4; i++) ledger.append(record(i, { members: `"received_at":"2026-11-21T10:00:02Z"`, body: "{}" }));
  await ledger.close();
  const lines = await whole.lines();
  const files = await whole.files();
  const crashed = new Map(earlier).set(DAY, files.get(DAY) ?? Buffer.alloc(0));
  return { whole, files, crashed, lines };
}

/** Makes the ledger's files exactly these. */
async function reset(target: TemporaryLedger, files: ReadonlyMap<string, Buffer>): Promise<void> {
  for (const name of (await target.files()).keys()) await rm(target.path(name));
  await put(target, files);
}

async function put(target: TemporaryLedger, files: ReadonlyMap<string, Buffer>): Promise<void> {
  for (const [name, bytes] of files) {
    await mkdir(dirname(target.path(name)), { recursive: true });
    await writeFile(target.path(name), bytes);
  }
}

test("a tail torn at any byte: whole records are committed as recovered, the rest moves aside, nothing is deleted", async () => {
  const { crashed, lines } = await crashBeforeCommitLine();
  const bytes = crashed.get(DAY) ?? Buffer.alloc(0);
  const committed = lines.slice(0, 2).reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
  for (let length = committed; length <= bytes.length; length++) {
    const target = await temporaryLedger({ fileSystem: withoutSync });
    await put(target, new Map(crashed).set(DAY, bytes.subarray(0, length)));
    const { ledger, recovery } = await target.open();
    const whole = bytes.subarray(0, length).toString("latin1").split("\n").length - 1;
    expect(recovery.recovered).toEqual(whole === 2 ? [] : [{ file: "2026-11-21.jsonl", records: whole - 2 }]);
    expect(recovery.damage).toEqual([]);
    expect(ledger.append(record(9))).toBe(whole + 1);
    await ledger.close();
    expect((await target.lines()).slice(0, whole)).toEqual(lines.slice(0, whole));
    expect(await target.verify()).toMatchObject({ ok: true, days: [{ records: whole + 1 }] });
    const end = bytes.subarray(0, length).lastIndexOf(10) + 1;
    const asides = recovery.moved.map(({ into }) => readFile(join(target.root, "evidence", into)));
    expect(Buffer.concat(await Promise.all(asides))).toEqual(bytes.subarray(end, length));
  }
});

test("a commit line torn at any byte is made again from its records", async () => {
  const { files, crashed, lines } = await crashBeforeCommitLine();
  const commits = files.get(COMMITS) ?? Buffer.alloc(0);
  const start = (crashed.get(COMMITS) ?? Buffer.alloc(0)).length;
  for (let length = start; length < commits.length; length += 4) {
    const target = await temporaryLedger({ fileSystem: withoutSync });
    await put(target, new Map(crashed).set(COMMITS, commits.subarray(0, length)));
    const { ledger, recovery } = await target.open();
    expect(recovery).toMatchObject({ recovered: [{ records: 2 }], damage: [] });
    await ledger.close();
    expect(await target.lines()).toEqual(lines);
    expect((await target.verify()).ok).toBe(true);
  }
});

test("a head one behind is brought up, in silence", async () => {
  const { files, crashed, lines } = await crashBeforeCommitLine();
  const target = await temporaryLedger();
  await put(target, new Map(files).set(HEAD, crashed.get(HEAD) ?? Buffer.alloc(0)));
  const { ledger, recovery } = await target.open();
  expect(recovery.clean).toBe(true);
  expect(ledger.head.n).toBe(2);
  expect(ledger.nextSeq).toBe(5);
  await ledger.close();
  expect(await target.lines()).toEqual(lines);
});

test("lines that are committed elsewhere already move aside, with the records behind them", async () => {
  const { files, lines } = await crashBeforeCommitLine();
  const target = await temporaryLedger();
  await put(target, files);
  const double = Buffer.from(`${lines[3]}\n${lines[2]}\n`);
  await put(target, new Map([["evidence/2026-11-21.2.jsonl", double]]));
  const { ledger, recovery } = await target.open();
  expect(recovery).toMatchObject({
    recovered: [],
    moved: [{ file: "2026-11-21.2.jsonl", offset: 0, bytes: double.length }],
  });
  await ledger.close();
  expect((await target.verify()).ok).toBe(true);
  expect(await readdir(target.path("evidence"))).not.toContain("2026-11-21.2.jsonl");
});

test("a recovered commit knows its event times when it is told how to read them, and is read for every range when not", async () => {
  const { crashed } = await crashBeforeCommitLine();
  const range = { fromMs: Date.parse("2026-11-21T10:00:02Z"), toMs: Date.parse("2026-11-21T10:00:02Z") };
  const seqsIn = async (target: TemporaryLedger, within: object) => {
    const seqs: number[] = [];
    for await (const { seq } of readLines(target.options.directory, within)) seqs.push(seq);
    return seqs;
  };
  const timesOf = (line: Uint8Array) => {
    const ms = Date.parse(/"received_at":"([^"]*)"/.exec(Buffer.from(line).toString())?.[1] ?? "");
    return { fromMs: ms, toMs: ms };
  };
  const [told, untold] = [await temporaryLedger({ timesOf }), await temporaryLedger()];
  for (const target of [told, untold]) {
    await put(target, crashed);
    await (await target.open()).ledger.close();
    expect(await seqsIn(target, range)).toEqual([3, 4]);
  }
  expect(await seqsIn(told, { fromMs: range.fromMs + 60_000 })).toEqual([]);
  expect(await seqsIn(untold, { fromMs: range.fromMs + 60_000 })).toEqual([3, 4]);
});

test("a torn checkpoint moves aside and the next one takes its place", async () => {
  const { files } = await crashBeforeCommitLine();
  const target = await temporaryLedger();
  const checkpoints = files.get(CHECKPOINTS) ?? Buffer.alloc(0);
  await put(target, new Map(files).set(CHECKPOINTS, checkpoints.subarray(0, -20)));
  const { ledger, recovery } = await target.open();
  expect(recovery.moved).toMatchObject([{ file: "checkpoints.jsonl" }]);
  await ledger.close();
  expect((await target.verify()).ok).toBe(true);
});

test("damage that no crash explains is reported, kept, and still found afterwards", async () => {
  const { files } = await crashBeforeCommitLine();
  const cut = (name: string, by: number) =>
    new Map(files).set(name, (files.get(name) ?? Buffer.alloc(0)).subarray(0, -by));
  const cutDay = await temporaryLedger();
  await put(cutDay, cut(DAY, 5));
  const first = await cutDay.open();
  expect(first.recovery.damage).toEqual([expect.stringContaining("2026-11-21.jsonl ends at")]);
  expect(first.ledger.append(record(5))).toBe(5);
  await first.ledger.close();
  expect((await cutDay.verify()).fault).toMatchObject({ file: "2026-11-21.jsonl", reason: "tail-cut" });
  expect(await readdir(cutDay.path("evidence"))).toContain("2026-11-21.2.jsonl");

  const rolledBack = await temporaryLedger();
  const commits = (files.get(COMMITS)?.toString() ?? "").split("\n").slice(0, 2).join("\n");
  await put(rolledBack, new Map(files).set(COMMITS, Buffer.from(`${commits}\n`)));
  const second = await rolledBack.open();
  expect(second.recovery.damage).toEqual([expect.stringContaining("commits.jsonl: the end of the file is gone")]);
  await second.ledger.close();
  expect((await rolledBack.verify()).fault).toMatchObject({ file: "commits.jsonl", reason: "commit-changed" });
});

test("a ledger whose chain is gone is not begun anew over its records", async () => {
  const { files } = await crashBeforeCommitLine();
  const target = await temporaryLedger();
  const without = new Map(files);
  without.delete(COMMITS);
  await put(target, without);
  await expect(target.open()).rejects.toMatchObject({ code: "damaged" });
});

test("after any sequence of unclean stops every committed record is there, once, and the ledger verifies", async () => {
  const round = fc.record({
    appended: fc.integer({ min: 0, max: 6 }),
    committed: fc.nat(6),
    torn: fc.nat(400),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(round, { minLength: 1, maxLength: 6 }), async (rounds) => {
      const target = await temporaryLedger({ fileSystem: withoutSync });
      let kept: string[] = [];
      for (const { appended, committed, torn } of rounds) {
        const { ledger, recovery } = await target.open();
        expect(recovery.damage).toEqual([]);
        for (let i = 0; i < Math.min(committed, appended); i++) ledger.append(record(i));
        await ledger.checkpoint();
        kept = await target.lines();
        const before = await target.files();
        for (let i = committed; i < appended; i++) ledger.append(record(i));
        await ledger.close();
        // Back to just after the checkpoint, except for what the day file had got by then.
        const day = (await target.files()).get(DAY) ?? Buffer.alloc(0);
        const end = (before.get(DAY) ?? Buffer.alloc(0)).length;
        const crashed = new Map(before);
        if (day.length > 0) crashed.set(DAY, day.subarray(0, Math.max(end, day.length - torn)));
        await reset(target, crashed);
      }
      const { ledger } = await target.open();
      await ledger.close();
      const lines = await target.lines();
      expect(lines.slice(0, kept.length)).toEqual(kept);
      expect(new Set(lines).size).toBe(lines.length);
      expect((await target.verify()).ok).toBe(true);
    }),
    { numRuns: 15 },
  );
});

import { rename, rm, truncate, writeFile } from "node:fs/promises";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { explainFault } from "../src/index.ts";
import { verifyFiles } from "./files-in-memory.ts";
import { CHECKPOINTS, COMMITS, FIRST, HEAD, MARK, SECOND, twoDays } from "./two-days.ts";

function lineStarts(bytes: Buffer): number[] {
  return [...bytes.keys()].filter((at) => at === 0 || bytes[at - 1] === 10);
}

test("an untouched ledger verifies, day by day", async () => {
  const { verify } = await twoDays();
  expect(await verify()).toEqual({
    ok: true,
    erased: [],
    days: [
      { ledger: "evidence", date: "2026-11-21", state: "open", records: 8 },
      { ledger: "evidence", date: "2026-11-22", state: "open", records: 3 },
    ],
  });
  expect(await verify("2026-11-22")).toEqual({
    ok: true,
    erased: [],
    days: [{ ledger: "evidence", date: "2026-11-22", state: "open", records: 3 }],
  });
});

test("every changed byte of every file is found", async () => {
  const files = await (await twoDays()).files();
  const missed: string[] = [];
  for (const [name, original] of files) {
    for (let at = 0; at < original.length; at += name.includes("2026") ? 3 : 1) {
      const bytes = Buffer.from(original);
      bytes[at] = (original[at] ?? 0) ^ (at % 2 === 0 ? 1 : 0x20);
      const { ok, fault } = await verifyFiles(new Map(files).set(name, bytes));
      if (ok) missed.push(`${name}:${lineAround(original, at)}`);
      else expect(fault && explainFault(fault.reason)).toBeTruthy();
    }
  }
  expect(missed).toEqual([]);
});

/** The JSON member a byte stands in, to say what was missed. */
function lineAround(bytes: Buffer, at: number): string {
  return bytes.toString("latin1", bytes.lastIndexOf(",", at) + 1, at + 10);
}

test("a changed byte in a day file is placed in its file and commit, and in its line where the line tells", async () => {
  const files = await (await twoDays()).files();
  const original = files.get(FIRST) ?? Buffer.alloc(0);
  const starts = lineStarts(original);
  const end = (line: number) => (starts[line + 1] ?? original.length) - 1;
  for (const [line, start] of starts.slice(0, 8).entries()) {
    const brokenJson = Buffer.from(original);
    brokenJson[end(line) - 1] = 0x5d;
    const { fault } = await verifyFiles(new Map(files).set(FIRST, brokenJson));
    expect(fault).toEqual({ file: "2026-11-21.jsonl", offset: start, record: line + 1, reason: "line-changed" });
  }
  const stillJson = Buffer.from(original.toString("latin1").replace("editor 3", "editor 8"), "latin1");
  const { fault } = await verifyFiles(new Map(files).set(FIRST, stillJson));
  expect(fault).toEqual({ file: "2026-11-21.jsonl", offset: starts[1], record: 2, reason: "block-changed" });
});

test("swapped, removed, doubled and inserted lines are found wherever they are", async () => {
  const files = await (await twoDays()).files();
  for (const name of [FIRST, SECOND, COMMITS, CHECKPOINTS]) {
    const lines = (files.get(name)?.toString() ?? "").split("\n").slice(0, -1);
    const check = async (changed: readonly string[], what: string) => {
      const { ok, fault } = await verifyFiles(
        new Map(files).set(name, Buffer.from(changed.map((line) => `${line}\n`).join(""))),
      );
      expect(ok, `${what} in ${name}`).toBe(false);
      return fault;
    };
    for (const [index, line] of lines.entries()) {
      await check(lines.toSpliced(index, 1), `line ${index} removed`);
      await check(lines.toSpliced(index, 0, line), `line ${index} doubled`);
      await check(lines.toSpliced(index + 1, 0, `{"x":1}`), `a line inserted behind ${index}`);
      if (index > 0) {
        const swapped = lines.with(index - 1, line).with(index, lines[index - 1] ?? "");
        const fault = await check(swapped, `lines ${index - 1} and ${index} swapped`);
        if (name === FIRST && index > 1 && index < 5)
          expect(fault).toMatchObject({ reason: "lines-swapped", record: index + 0 });
      }
    }
  }
});

test("a tail cut anywhere is found", async () => {
  const files = await (await twoDays()).files();
  for (const name of [FIRST, SECOND, COMMITS, CHECKPOINTS]) {
    const bytes = files.get(name) ?? Buffer.alloc(0);
    for (let length = 0; length < bytes.length; length += 5) {
      const { ok, fault } = await verifyFiles(new Map(files).set(name, bytes.subarray(0, length)));
      expect(ok, `${name} cut to ${length}`).toBe(false);
      if (name === CHECKPOINTS) expect(fault).toMatchObject({ file: "checkpoints.jsonl" });
      else if (name !== COMMITS)
        expect(fault).toMatchObject({ file: name.slice("evidence/".length), offset: length, reason: "tail-cut" });
    }
  }
});

test("on the disk: a day removed, renamed, emptied or replaced is named", async () => {
  const removed = await twoDays();
  await rm(removed.path(FIRST));
  expect(await removed.verify()).toMatchObject({
    ok: false,
    fault: { file: "2026-11-21.jsonl", offset: 0, record: 1, reason: "file-missing" },
  });

  const renamed = await twoDays();
  await rename(renamed.path(SECOND), renamed.path("evidence/2026-11-23.jsonl"));
  expect(await renamed.verify()).toMatchObject({
    ok: false,
    fault: { file: "2026-11-22.jsonl", record: 9, reason: "file-missing" },
  });

  const emptied = await twoDays();
  await truncate(emptied.path(SECOND));
  expect(await emptied.verify()).toMatchObject({
    ok: false,
    fault: { file: "2026-11-22.jsonl", offset: 0, record: 9, reason: "tail-cut" },
  });

  const [one, other] = [await twoDays(), await twoDays()];
  await writeFile(one.path(FIRST), (await other.files()).get(FIRST) ?? "");
  expect(await one.verify()).toMatchObject({
    ok: false,
    fault: { file: "2026-11-21.jsonl", offset: 0, record: 1, reason: "line-changed" },
  });
});

test("a removed and a doubled line are called that, where their commit goes on", async () => {
  const files = await (await twoDays()).files();
  const lines = (files.get(FIRST)?.toString() ?? "").split("\n").slice(0, -1);
  const put = async (changed: readonly string[]) =>
    (await verifyFiles(new Map(files).set(FIRST, Buffer.from(changed.map((line) => `${line}\n`).join(""))))).fault;
  expect(await put(lines.toSpliced(2, 1))).toMatchObject({ record: 3, reason: "line-missing" });
  expect(await put(lines.toSpliced(2, 0, lines[1] ?? ""))).toMatchObject({ record: 3, reason: "line-inserted" });
});

test("bytes behind the committed end are a crash's or a stranger's", async () => {
  const files = await (await twoDays()).files();
  const original = files.get(SECOND) ?? Buffer.alloc(0);
  const withTail = (tail: string) =>
    verifyFiles(new Map(files).set(SECOND, Buffer.concat([original, Buffer.from(tail)])));
  const next = `{"seq":12,"kind":"x","salt":"${"A".repeat(22)}","data":{}}`;
  for (let length = 0; length <= next.length; length++) expect((await withTail(next.slice(0, length))).ok).toBe(true);
  expect((await withTail(`${next}\n{"se`)).ok).toBe(true);
  for (const tail of [
    "x",
    "\n",
    "{}\n",
    next.replace("12", "11"),
    `${next.replace("12", "13")}\n`,
    `${next.slice(0, -1)}\n`,
    `${next}\nx`,
  ]) {
    expect((await withTail(tail)).fault).toMatchObject({ file: "2026-11-22.jsonl", reason: "foreign-bytes" });
  }
  expect((await verifyFiles(new Map(files).set("evidence/2026-11-25.jsonl", Buffer.from("{}\n")))).fault).toMatchObject(
    { reason: "foreign-bytes" },
  );
});

test("random cuts, swaps and flips never pass for the original", async () => {
  const files = await (await twoDays()).files();
  const name = fc.constantFrom(FIRST, SECOND, COMMITS, CHECKPOINTS, HEAD, MARK);
  const change = fc.record({
    name,
    at: fc.nat(10_000),
    length: fc.integer({ min: 0, max: 200 }),
    put: fc.uint8Array({ maxLength: 200 }),
  });
  await fc.assert(
    fc.asyncProperty(change, async ({ name: file, at, length, put }) => {
      const original = files.get(file) ?? Buffer.alloc(0);
      const start = at % original.length;
      const bytes = Buffer.concat([original.subarray(0, start), put, original.subarray(start + length)]);
      fc.pre(!bytes.equals(original));
      expect((await verifyFiles(new Map(files).set(file, bytes))).ok).toBe(false);
    }),
    { numRuns: 150 },
  );
});

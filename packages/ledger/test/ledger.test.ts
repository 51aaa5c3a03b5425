import { rm, stat } from "node:fs/promises";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { LedgerError, type NewRecord, LedgerReader, type Range, readGenesis, readLines } from "../src/index.ts";
import { manualClock } from "./clocks.ts";
import { record, publicKey, temporaryLedger } from "./temporary-ledger.ts";

test("a record's line is seq, the members, a salt and the body's own bytes", async () => {
  const { open, lines } = await temporaryLedger();
  const { ledger } = await open();
  const body = Buffer.from(`{ "type":"summary", "text":"naïve 🎹",\t"n":1.0e2 }`);
  expect(ledger.append({ members: `"kind":"message"`, bodyKey: "message", body, timeMs: null })).toBe(1);
  expect(ledger.append({ members: "", bodyKey: "data", body: "{}", timeMs: null })).toBe(2);
  await ledger.close();
  const [first, second] = await lines();
  expect(first).toMatch(/^\{"seq":1,"kind":"message","salt":"[\w-]{22}","message":\{ "type"/);
  expect(first?.endsWith(`"message":${body.toString()}}`)).toBe(true);
  expect(second).toMatch(/^\{"seq":2,"salt":"[\w-]{22}","data":\{\}\}$/);
});

test("salts are 16 bytes, canonical and never the same", async () => {
  const { open, lines } = await temporaryLedger();
  const { ledger } = await open();
  for (let i = 0; i < 1500; i++) ledger.append(record(i));
  await ledger.close();
  const salts = (await lines()).map((line) => /"salt":"([^"]*)"/.exec(line)?.[1] ?? "");
  expect(new Set(salts).size).toBe(1500);
  for (const salt of salts) expect(Buffer.from(salt, "base64url").toString("base64url")).toBe(salt);
  expect(Buffer.from(salts[0] ?? "", "base64url")).toHaveLength(16);
});

const refused: [string, Partial<NewRecord>][] = [
  ["an array", { body: "[1]" }],
  ["nothing", { body: "" }],
  ["half an object", { body: `{"a":1` }],
  ["a line break inside", { body: `{"a":\n1}` }],
  ["a line break among the members", { members: `"kind":\n"x"` }],
  ["invalid UTF-8", { body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]) }],
  ["no time", { timeMs: Number.NaN }],
];

test.each(refused)("%s is refused and uses up no number", async (_what, bad) => {
  const { open, lines, verify } = await temporaryLedger();
  const { ledger } = await open();
  ledger.append(record(1));
  expect(() => ledger.append({ ...record(2), ...bad })).toThrow(LedgerError);
  expect(ledger.append(record(3))).toBe(2);
  await ledger.close();
  expect(await lines()).toHaveLength(2);
  expect((await verify()).ok).toBe(true);
  expect(() => ledger.append(record(4))).toThrow(/closed/);
});

test("whatever is appended and whenever it is committed, reopened or closed, it reads back equal and verifies", async () => {
  const step = fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({ do: fc.constant("append" as const), text: fc.string({ unit: "binary", maxLength: 200 }) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant("big" as const), bytes: fc.integer({ min: 1000, max: 400_000 }) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constantFrom("commit" as const, "advance" as const, "checkpoint" as const) }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("reopen" as const) }) },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const clock = manualClock();
      const { open, lines, verify } = await temporaryLedger({ clock });
      let { ledger } = await open();
      const expected: string[] = [];
      const append = (body: string) => {
        expect(ledger.append({ members: `"kind":"x"`, bodyKey: "data", body, timeMs: clock.wallMs() })).toBe(
          expected.length + 1,
        );
        expected.push(body);
      };
      for (const one of steps) {
        if (one.do === "append") append(JSON.stringify({ text: one.text }));
        if (one.do === "big") append(JSON.stringify({ text: "x".repeat(one.bytes) }));
        if (one.do === "commit") await ledger.commit();
        if (one.do === "checkpoint") await ledger.checkpoint();
        if (one.do === "advance") clock.advance(1500);
        if (one.do === "reopen") {
          await ledger.close();
          const again = await open();
          expect(again.recovery.clean).toBe(true);
          ledger = again.ledger;
        }
      }
      await ledger.close();
      expect(ledger.uncommittedBytes).toBe(0);
      expect((await lines()).map((line) => line.slice(line.indexOf(`"data":`) + 7, -1))).toEqual(expected);
      expect(await verify()).toMatchObject({ ok: true });
    }),
    { numRuns: 30 },
  );
});

test("a commit comes by itself when its second is over, or at once when the window is full", async () => {
  const clock = manualClock();
  const commits: number[] = [];
  const bell = new EventTarget();
  const { open } = await temporaryLedger({
    clock,
    onCommit: ({ entry }) => {
      commits.push(entry.seqTo);
      bell.dispatchEvent(new Event("commit"));
    },
  });
  const next = () => new Promise((resolve) => bell.addEventListener("commit", resolve, { once: true }));
  const { ledger } = await open();
  ledger.append(record(1));
  expect(ledger.uncommittedBytes).toBeGreaterThan(100);
  const bySecond = next();
  clock.advance(1000);
  await bySecond;
  const byBytes = next();
  ledger.append({ ...record(2), body: JSON.stringify({ x: "y".repeat(262_144) }) });
  await byBytes;
  expect(commits).toEqual([1, 2]);
  expect(ledger.committedSeq).toBe(2);
  await ledger.close();
});

test("checkpoints come at most once a minute, and at the stop", async () => {
  const clock = manualClock();
  const { open, files } = await temporaryLedger({ clock });
  const { ledger } = await open();
  for (let i = 0; i < 150; i++) {
    ledger.append(record(i));
    await ledger.commit();
    clock.advance(1000);
  }
  await ledger.close();
  const text = (await files()).get("evidence/checkpoints.jsonl")?.toString() ?? "";
  const at = text
    .trim()
    .split("\n")
    .map((line) => Date.parse(/"at":"([^"]*)"/.exec(line)?.[1] ?? ""));
  expect(at).toHaveLength(4);
  expect(at.slice(1, 3).map((ms, index) => ms - (at[index] ?? 0) >= 60_000)).toEqual([true, true]);
  expect(JSON.parse(text.trim().split("\n").at(-1) ?? "")).toMatchObject({ n: 150 });
});

test("a range reads only the commits whose events it touches, or that came in then", async () => {
  const clock = manualClock();
  clock.advance(48 * 3_600_000);
  const { open, options } = await temporaryLedger({ clock });
  const { ledger } = await open();
  const base = Date.parse("2026-11-21T10:00:00Z");
  for (let hour = 0; hour < 6; hour++) {
    ledger.append(record(hour, { timeMs: base + hour * 3_600_000 }));
    await ledger.commit();
  }
  ledger.append(record(7, { timeMs: null }));
  await ledger.close();
  const seqs = async (range: object) => {
    const found: number[] = [];
    for await (const { seq } of readLines(options.directory, range)) found.push(seq);
    return found;
  };
  expect(await seqs({ fromMs: base + 3_600_000, toMs: base + 3 * 3_600_000 })).toEqual([2, 3, 4]);
  expect(await seqs({ fromMs: base + 5 * 3_600_000, toMs: base + 24 * 3_600_000 })).toEqual([6]);
  expect(await seqs({ fromMs: clock.wallMs() - 1000 })).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(await seqs({ seqAfter: 5 })).toEqual([6, 7]);
  expect(await seqs({ seqFrom: 5 })).toEqual([5, 6, 7]);
  expect(await seqs({ toMs: base, seqAfter: 1 })).toEqual([]);
});

test("a reader that is kept adds what was committed since, and begins anew when the ledger is another", async () => {
  const { open, options } = await temporaryLedger();
  const { ledger } = await open();
  const reader = new LedgerReader(options.directory);
  const seqs = async (range: Range = {}) => {
    const found: number[] = [];
    for await (const { seq } of reader.lines(range)) found.push(seq);
    return found;
  };
  expect(await seqs()).toEqual([]);
  for (let i = 1; i <= 3; i++) {
    ledger.append(record(i));
    ledger.append(record(i));
    await ledger.commit();
    expect(await seqs()).toHaveLength(2 * i);
    expect(await seqs({ seqAfter: 2 * i - 1 })).toEqual([2 * i]);
  }
  expect(await Promise.all([seqs(), seqs()])).toEqual([
    [1, 2, 3, 4, 5, 6],
    [1, 2, 3, 4, 5, 6],
  ]);
  await ledger.close();
  await rm(options.directory, { recursive: true });
  expect(await seqs()).toEqual([]);
});

test("files are the owner's alone, and the genesis says whose they are", async () => {
  const { open, path, files, options } = await temporaryLedger();
  expect(await readGenesis(options.directory)).toBeNull();
  const { ledger, recovery } = await open();
  expect(recovery).toMatchObject({ fresh: true, clean: true });
  ledger.append(record(1));
  await ledger.close();
  expect(await readGenesis(options.directory)).toMatchObject({ collectorId: "c-1", publicKey, format: 1 });
  if (process.platform !== "win32") {
    for (const name of (await files()).keys()) expect((await stat(path(name))).mode & 0o777).toBe(0o600);
    expect((await stat(options.directory)).mode & 0o777).toBe(0o700);
  }
  await expect(open({ identity: { collectorId: "c-2", publicKey } })).rejects.toMatchObject({
    code: "identity-mismatch",
  });
});

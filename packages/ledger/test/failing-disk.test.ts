import { readdir } from "node:fs/promises";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { manualClock } from "./clocks.ts";
import { FaultyFileSystem, type Operation } from "./faulty-file-system.ts";
import { record, temporaryLedger } from "./temporary-ledger.ts";
import { withoutSync } from "./without-sync.ts";

const DAY = /^2026-11-21.*\.jsonl$/;

async function withFaults() {
  const disk = new FaultyFileSystem();
  const clock = manualClock();
  const faults: string[] = [];
  const target = await temporaryLedger({ fileSystem: disk, clock, onFault: ({ code }) => faults.push(code) });
  const { ledger } = await target.open();
  ledger.append(record(1));
  await ledger.commit();
  return { ...target, disk, clock, faults, ledger };
}

test("after a failed sync the commit's bytes go to a new part and that descriptor is never synced again", async () => {
  const { ledger, disk, faults, lines, verify, files } = await withFaults();
  let failures = 1;
  disk.fault = (operation, name) => (operation === "sync" && DAY.test(name) && failures-- > 0 ? "EIO" : null);
  ledger.append(record(2));
  ledger.append(record(3));
  await expect(ledger.commit()).rejects.toMatchObject({ name: "LedgerError", code: "sync-failed" });
  expect(ledger.fault?.code).toBe("sync-failed");
  expect(ledger.append(record(4))).toBe(4);
  await ledger.commit();
  expect(ledger.fault).toBeNull();
  ledger.append(record(5));
  await ledger.close();
  expect(disk.syncedAgain).toBe(0);
  expect(faults).toEqual(["sync-failed"]);
  expect((await lines()).map((line) => JSON.parse(line).seq)).toEqual([1, 2, 3, 4, 5]);
  const parts = [...(await files()).keys()].filter((name) => name.includes("2026"));
  expect(parts.toSorted()).toEqual(["evidence/2026-11-21.2.jsonl", "evidence/2026-11-21.jsonl"]);
  expect((await files()).get("evidence/2026-11-21.jsonl")?.toString().split("\n")).toHaveLength(2);
  expect(await verify()).toMatchObject({ ok: true, days: [{ date: "2026-11-21", records: 5 }] });
});

test("a stop whose checkpoint cannot be written tells so and loses nothing; the next start signs", async () => {
  const { ledger, disk, faults, open, verify } = await withFaults();
  disk.fault = (operation, name) => (operation === "write" && name === "checkpoints.jsonl" ? "EIO" : null);
  ledger.append(record(2));
  await ledger.close();
  expect(faults).toContain("write-failed");
  disk.fault = () => null;
  const { ledger: next } = await open();
  expect(next.committedSeq).toBe(2);
  next.append(record(3));
  await next.close();
  expect(await verify()).toMatchObject({ ok: true, days: [{ records: 3 }] });
});

test("a full disk stops commits, not appending, and resumes by itself in the same file", async () => {
  const { ledger, disk, clock, faults, lines, verify, options } = await withFaults();
  disk.fault = (operation) => (operation === "write" || operation === "replace" ? "ENOSPC" : null);
  for (let i = 2; i < 40; i++) ledger.append(record(i));
  for (let tries = 0; tries < 3; tries++) await expect(ledger.commit()).rejects.toMatchObject({ code: "disk-full" });
  expect(ledger.uncommittedBytes).toBeGreaterThan(1000);
  expect((await lines()).length).toBe(1);
  expect((await verify()).ok).toBe(true);
  disk.fault = () => null;
  clock.advance(1000);
  await ledger.commit();
  expect(ledger.committedSeq).toBe(39);
  await ledger.close();
  expect(new Set(faults)).toEqual(new Set(["disk-full"]));
  expect(await readdir(options.directory)).not.toContain("2026-11-21.2.jsonl");
  expect(await verify()).toMatchObject({ ok: true, days: [{ records: 39 }] });
});

test("a commit line that cannot be written or synced is written again, the same, and nothing twice", async () => {
  const { ledger, disk, lines, verify } = await withFaults();
  for (const [operation, code] of [
    ["write", "ENOSPC"],
    ["sync", "EIO"],
    ["open", "EMFILE"],
  ] as const) {
    let failures = 1;
    disk.fault = (what, name) => (what === operation && name === "commits.jsonl" && failures-- > 0 ? code : null);
    ledger.append(record(ledger.nextSeq));
    const tried = ledger.commit();
    await (operation === "open" ? tried : expect(tried).rejects.toMatchObject({ name: "LedgerError" }));
    disk.fault = () => null;
    await ledger.commit();
  }
  await ledger.close();
  expect(disk.syncedAgain).toBe(0);
  expect(await lines()).toHaveLength(4);
  expect((await verify()).ok).toBe(true);
});

test("a head that cannot be renamed in holds the next commit back, so that it is never two behind", async () => {
  const { ledger, disk, verify } = await withFaults();
  disk.fault = (operation) => (operation === "replace" ? "EIO" : null);
  ledger.append(record(2));
  await ledger.commit();
  expect(ledger.head.n).toBe(2);
  ledger.append(record(3));
  await expect(ledger.commit()).rejects.toMatchObject({ code: "write-failed" });
  expect((await verify()).ok).toBe(true);
  disk.fault = () => null;
  await ledger.close();
  expect(await verify()).toMatchObject({ ok: true, days: [{ records: 3 }] });
});

test("a stop on a disk that refuses says so, and what was committed stays sound", async () => {
  const { ledger, disk, lines, verify, open } = await withFaults();
  disk.fault = (operation, name) => (DAY.test(name) && operation !== "open" ? "EIO" : null);
  ledger.append(record(2));
  await expect(ledger.close()).rejects.toMatchObject({ name: "LedgerError" });
  expect(await lines()).toHaveLength(1);
  disk.fault = () => null;
  const again = await open();
  expect(again.recovery.damage).toEqual([]);
  expect(again.ledger.append(record(3))).toBe(2);
  await again.ledger.close();
  expect((await verify()).ok).toBe(true);
});

test("whatever fails and whenever, every record is committed once in the end", async () => {
  const operation = fc.constantFrom<Operation>("open", "write", "sync", "truncate", "replace");
  const step = fc.record({
    append: fc.nat(3),
    fail: fc.option(
      fc.record({ operation, times: fc.integer({ min: 1, max: 4 }), code: fc.constantFrom("EIO", "ENOSPC") }),
    ),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const disk = new FaultyFileSystem(withoutSync);
      const target = await temporaryLedger({ fileSystem: disk });
      const { ledger } = await target.open();
      let couldCut = true;
      for (const { append, fail } of steps) {
        let left = fail?.times ?? 0;
        disk.fault = (what) => (what === fail?.operation && left-- > 0 ? fail.code : null);
        for (let i = 0; i < append; i++) ledger.append(record(ledger.nextSeq));
        await ledger.commit().catch(() => {});
        // A part that cannot be cut keeps bytes of a commit that stands elsewhere, until the disk obeys.
        couldCut &&= fail?.operation !== "truncate" && fail?.operation !== "open";
        if (couldCut) expect((await target.verify()).ok).toBe(true);
      }
      disk.fault = () => null;
      await ledger.close();
      const seqs = (await target.lines()).map((line) => Number(JSON.parse(line).seq));
      expect(seqs).toEqual(seqs.map((_seq, index) => index + 1));
      expect(seqs).toHaveLength(ledger.nextSeq - 1);
      expect((await target.verify()).ok).toBe(true);
      expect(disk.syncedAgain).toBe(0);
    }),
    { numRuns: 40 },
  );
});

// Something goes wrong at every step that the ledger takes, while it begins, commits, signs, seals, erases, packs and goes on: the
// power goes, or the disk refuses once or for a while. In the end everything committed is there once, an erasure that was
// said is done, and the ledger verifies.
import { expect, test } from "vitest";
import {
  type Ledger,
  LedgerError,
  LedgerReader,
  openLedger,
  type OpenLedgerOptions,
  verifyLedger,
} from "../src/index.ts";
import { manualClock } from "./clocks.ts";
import { type Failure, FailingSteps } from "./failing-steps.ts";
import { MemoryFiles } from "./memory-files.ts";
import { erasure, erasureOf, signFile, verifySeal } from "./sealing.ts";
import { publicKey, record, signWith, verifySignature } from "./temporary-ledger.ts";

const DAY_MS = 86_400_000;
const TRIES = 8;

/** A life of three days; `attempt` does one thing of it. */
async function live(
  options: OpenLedgerOptions,
  attempt: <T>(one: () => Promise<T>) => Promise<T | undefined>,
): Promise<Ledger | undefined> {
  const clock = manualClock();
  const opened = await attempt(() => openLedger({ ...options, clock }));
  if (opened === undefined) return undefined;
  const { ledger } = opened;
  for (const count of [3, 1]) {
    for (let i = 0; i < count; i++) ledger.append(record(ledger.nextSeq));
    await attempt(() => ledger.commit());
  }
  clock.advance(DAY_MS);
  ledger.append(record(ledger.nextSeq));
  await attempt(() => ledger.checkpoint());
  await attempt(() => ledger.erase(2, erasure(2)));
  await attempt(() => ledger.pack({ before: "2026-11-22" }));
  await attempt(() => ledger.erase(3, erasure(3)));
  clock.advance(DAY_MS);
  ledger.append(record(ledger.nextSeq));
  await attempt(() => ledger.commit());
  // What its last signature meets on the way is the next open's business.
  await ledger.close().catch(() => {});
  return ledger;
}

/** Lives on a disk that fails like this, opens what is left, and checks it. Answers the steps that were taken. */
async function survives(failure: Failure, attempt: Parameters<typeof live>[1]): Promise<number> {
  const files = new MemoryFiles();
  const disk = new FailingSteps(failure, files);
  const [directory, headFile] = ["evidence", "state/head.json"];
  const options = {
    directory,
    headFile,
    identity: { collectorId: "c-1", publicKey },
    clock: manualClock(),
    sign: signWith,
    signFile,
  };
  let committed = 0;
  await live({ ...options, fileSystem: disk, onCommit: ({ entry }) => (committed = entry.seqTo) }, attempt).catch(
    () => {},
  );
  await disk.leave();
  const where = `${failure.code}, ${failure.times} from step ${failure.at} on`;
  const { ledger, recovery } = await openLedger({ ...options, fileSystem: files });
  expect(recovery.damage, where).toEqual([]);
  expect(ledger.committedSeq, where).toBeGreaterThanOrEqual(committed);
  ledger.append(record(ledger.nextSeq));
  await ledger.close();
  const lines: Buffer[] = [];
  for await (const { line } of new LedgerReader(directory, files).lines()) lines.push(Buffer.from(line));
  const seqs = lines.map((line) => Number(JSON.parse(line.toString()).seq));
  expect(seqs, where).toEqual(seqs.map((_seq, index) => index + 1));
  const said = lines.flatMap((line) => erasureOf(line)?.seq ?? []);
  const checks = { verifySignature, verifySeal, erasureOf };
  const result = await verifyLedger({ directory, headFile, name: "evidence", ...checks, fileSystem: files });
  expect(result, where).toMatchObject({ ok: true, erased: said });
  if (failure.times < TRIES) expect({ where, said, records: seqs.length }).toMatchObject({ said: [2, 3], records: 9 });
  return disk.steps;
}

/** Tries until it works; an erasure that was done although its end failed is done. */
async function again<T>(one: () => Promise<T>): Promise<T | undefined> {
  for (let tries = 1; ; tries++) {
    try {
      return await one();
    } catch (error) {
      if (error instanceof LedgerError && (error.code === "already-erased" || error.code === "closed"))
        return undefined;
      if (tries === TRIES) throw error;
    }
  }
}

test("whenever the power goes, nothing committed is lost, nothing is half erased, and the ledger verifies", async () => {
  const once = <T>(one: () => Promise<T>) => one();
  let [at, taken] = [0, 0];
  do {
    at += 1;
    taken = await survives({ at, times: Number.POSITIVE_INFINITY, code: "EIO" }, once);
  } while (taken >= at);
  expect(at).toBeGreaterThan(60);
});

test.each([
  ["EIO", 1],
  ["ENOSPC", 3],
])("whichever step fails with %s, %i times, all is done in the end", async (code, times) => {
  let [at, taken] = [0, 0];
  do {
    at += 1;
    taken = await survives({ at, times, code }, again);
  } while (taken >= at);
  expect(at).toBeGreaterThan(60);
});

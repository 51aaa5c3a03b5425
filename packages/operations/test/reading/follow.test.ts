import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { manualClock } from "@mimolo/agent-sdk/testing";
import { createRecordWriter, erasureRecord, timesOf } from "@mimolo/evidence";
import { openLedger } from "@mimolo/ledger";
import { loadOrCreateKey } from "@mimolo/trust";
import { expect, onTestFinished, test } from "vitest";
import { makeDataDirectory } from "../../src/data-directory.ts";
import { dataDirectory, openArchive } from "../../src/index.ts";
import { KeptNotes } from "../../src/lanes/kept-notes.ts";

const DAY_MS = 86_400_000;

async function opened() {
  const root = mkdtempSync(join(tmpdir(), "mimolo follow "));
  const data = dataDirectory(root);
  makeDataDirectory(data);
  const clock = manualClock({ wallMs: Date.UTC(2026, 10, 19, 22) });
  const { collectorKey: secretFile, collectorPublicKey: publicFile } = data;
  const key = loadOrCreateKey({ secretFile, publicFile, comment: "a collector" });
  const { ledger } = await openLedger({
    directory: data.evidence,
    headFile: data.head,
    identity: { collectorId: "c0", publicKey: key.publicKey },
    sign: (message) => key.sign(message),
    signFile: (bytes, comment) => key.signFile(bytes, comment),
    timesOf,
    clock,
  });
  onTestFinished(async () => {
    await ledger.close();
    rmSync(root, { recursive: true, force: true });
  });
  const writer = createRecordWriter(ledger, clock);
  const say = (label: string, timestamp = new Date(clock.wallMs()).toISOString()) => {
    const message = { type: "summary", timestamp, data: { n: ledger.nextSeq } };
    const origin = { instanceId: label, pluginId: "local.a", agentLabel: label, runId: "r", trust: "trusted" } as const;
    return writer.message({
      origin,
      line: Buffer.from(JSON.stringify(message)),
      message,
      receivedAtMs: clock.wallMs(),
    });
  };
  return { root, clock, ledger, say };
}

test("who follows sees every record once, over days, parts, an erasure and packing", async () => {
  const { root, clock, ledger, say } = await opened();
  const archive = openArchive(root);
  const position = { seq: 0 };
  const heard: number[] = [];
  const listen = async () => {
    for await (const { record } of archive.evidence({ position })) heard.push(record.seq);
  };
  const expected: number[] = [];
  for (let round = 0; round < 8; round++) {
    expected.push(say("a"), say("b"));
    await listen();
    await ledger.commit();
    if (round % 2 === 0) await listen();
    clock.advance(DAY_MS / 3);
    if (round === 3) clock.jumpWall(-2 * DAY_MS);
    if (round === 5) await ledger.checkpoint();
  }
  await ledger.checkpoint();
  const by = { by: "me", why: "x" };
  const { recordSeq } = await ledger.erase(2, (leaf) => erasureRecord({ seq: 2, leaf, ...by }, clock));
  const { packed } = await ledger.pack({ before: "2026-11-21" });
  expect(packed.length).toBeGreaterThan(0);
  await listen();
  expect(heard).toEqual([...expected, recordSeq]);
  const again: number[] = [];
  for await (const { record } of archive.evidence()) again.push(record.seq);
  expect(again).toEqual(heard);
});

test("what does not pass the filter is not read a second time, and a late stamp is no reason to miss a record", async () => {
  const { root, clock, ledger, say } = await opened();
  const archive = openArchive(root);
  const fromMs = clock.wallMs();
  const position = { seq: 0 };
  const heard: number[] = [];
  const listen = async () => {
    for await (const { record } of archive.evidence({ agent: "b", fromMs, position })) heard.push(record.seq);
  };
  say("a");
  await ledger.commit();
  await listen();
  expect(position.seq).toBe(1);
  clock.advance(60_000);
  say("b", new Date(fromMs - 1).toISOString());
  const late = say("b", new Date(fromMs).toISOString());
  await ledger.commit();
  await listen();
  expect(heard).toEqual([late]);
});

test("lanes that are kept tell what a fresh reading tells: over days, after late records, an erasure and packing", async () => {
  const { root, clock, ledger, say } = await opened();
  const archive = openArchive(root);
  const erased = new Set<number>();
  const kept = new KeptNotes({ read: (filter) => archive.commits(filter), erased: () => erased });
  const fromMs = clock.wallMs() - DAY_MS;
  const days = { fromMs, toMs: fromMs + 4 * DAY_MS, resolutionS: 600 };
  const fresh = () => {
    const other = openArchive(root);
    return new KeptNotes({ read: (filter) => other.commits(filter), erased: () => new Set() }).lanes(days);
  };
  const records = async () => (await kept.lanes(days)).lanes.flatMap(({ spans }) => spans.map((span) => span.records));
  for (let round = 0; round < 8; round++) {
    say("a");
    say("b", new Date(clock.wallMs() - (round % 3) * 0.7 * DAY_MS).toISOString());
    await ledger.commit();
    expect(await kept.lanes(days)).toEqual(await fresh());
    clock.advance(6 * 3_600_000);
  }
  const sum = (counts: readonly number[]) => counts.reduce((all, each) => all + each, 0);
  const before = sum(await records());
  await ledger.erase(2, (leaf) => erasureRecord({ seq: 2, leaf, by: "me", why: "a title" }, clock));
  erased.add(2);
  expect(sum(await records())).toBe(before - 1);
  expect(await kept.lanes(days)).toEqual(await fresh());
  await ledger.pack({ before: "2026-11-21" });
  expect(await kept.lanes(days)).toEqual(await fresh());
});

test("a long commit is handed over in slices; whoever stops between two of them goes on with the next", async () => {
  const { root, ledger, say } = await opened();
  const archive = openArchive(root);
  for (let count = 0; count < 600; count++) say("a");
  await ledger.commit();
  const position = { seq: 0 };
  const first = [];
  for await (const slice of archive.commits({ position })) {
    first.push(...slice.map(({ seq }) => seq));
    break;
  }
  expect(first.length).toBe(256);
  expect(position.seq).toBe(first.at(-1));
  const rest: number[][] = [];
  for await (const slice of archive.commits({ position })) rest.push(slice.map(({ seq }) => seq));
  expect(rest.map(({ length }) => length)).toEqual([256, 88]);
  expect([...first, ...rest.flat()]).toEqual(Array.from({ length: 600 }, (_, index) => index + 1));
});

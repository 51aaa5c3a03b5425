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

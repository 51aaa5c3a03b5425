import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { manualClock } from "@mimolo/agent-sdk/testing";
import { loadOrCreateKey } from "@mimolo/trust";
import { expect, onTestFinished, test } from "vitest";
import { dataDirectory, makeDataDirectory } from "../../src/data-directory.ts";
import { Emitter } from "../../src/emitter.ts";
import type { CollectorEvents } from "../../src/events.ts";
import { Journal } from "../../src/journal/journal.ts";
import { openArchive } from "../../src/reading/archive.ts";

/** A data directory with three corrections in it, and how to open its journal. */
async function threeCorrections() {
  const root = mkdtempSync(join(tmpdir(), "mimolo-damaged-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const directory = dataDirectory(root);
  makeDataDirectory(directory);
  const { collectorKey: secretFile, collectorPublicKey: publicFile } = directory;
  const key = loadOrCreateKey({ secretFile, publicFile, comment: "mimolo collector" });
  const clock = manualClock({ wallMs: Date.UTC(2026, 10, 21, 12) });
  const events = new Emitter<CollectorEvents>(() => undefined);
  const open = () => Journal.open({ directory, key, clock, events, fault: () => undefined });
  const journal = await open();
  for (const hour of ["08", "09", "10"]) {
    const [from, to] = [`2026-11-21T${hour}:00:00.000Z`, `2026-11-21T${hour}:20:00.000Z`];
    await journal.correct({ from, to, as: "work", note: "at the client's" });
  }
  await journal.close();
  return { root, open, file: join(directory.evidence, "2026-11-21.jsonl") };
}

test("a collector starts over a record that cannot be read, says which, and goes by the others", async () => {
  const { root, open, file } = await threeCorrections();
  const whole = readFileSync(file, "utf8");
  writeFileSync(file, whole.replace('{"seq":2,"kind":"correction"', '{"seq":2,"kind":"corrXction"'));
  const journal = await open();
  expect(journal.repairs).toEqual([expect.stringMatching(/^record 2 .*cannot be read.*`mimolo verify`/)]);
  expect(journal.snapshot().segments).toHaveLength(2);
  await journal.close();
  const archive = openArchive(root);
  const [left, seqs]: [number[], number[]] = [[], []];
  const position = { seq: 0 };
  const passedOver = (seq: number) => void left.push(seq);
  for (let again = 0; again < 2; again++)
    for await (const { record } of archive.evidence({ position, passedOver })) seqs.push(record.seq);
  expect([left, seqs]).toEqual([[2], [1, 3]]);
  expect(await archive.verify()).toMatchObject({ ok: false, fault: { file: "2026-11-21.jsonl", record: 2 } });
});

// docs/evidence.md shows a real ledger, kept in fixtures/a-morning. It must verify and fold to the same for ever.
import { createPublicKey, verify } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { verifyLedger } from "@mimolo/ledger";
import { EvidenceRecord } from "@mimolo/protocol";
import { expect, test } from "vitest";
import { foldTimeline, readEvidence } from "../src/index.ts";
import { all } from "./real-ledger.ts";

const folder = fileURLToPath(new URL("fixtures/a-morning/", import.meta.url));
const directory = join(folder, "evidence");
const page = await readFile(new URL("../../../docs/evidence.md", import.meta.url), "utf8");

const shown = [...page.matchAll(/```json\n(.*?)```/gs)].map(([, text]) => text?.trim() ?? "");

async function linesOf(file: string): Promise<string[]> {
  return (await readFile(join(directory, file), "utf8")).trimEnd().split("\n");
}

/** Raw Ed25519 with the key of a minisign `.pub` line: two bytes of algorithm, eight of key id, the key. */
function holds(publicKey: string, message: Uint8Array, signature: Uint8Array): boolean {
  const prefix = Buffer.from("302a300506032b6570032100", "hex");
  const raw = Buffer.from(publicKey, "base64").subarray(10);
  const key = createPublicKey({ key: Buffer.concat([prefix, raw]), format: "der", type: "spki" });
  return verify(null, message, key, signature);
}

test("the ledger of the page is intact", async () => {
  const headFile = join(folder, "head.jsonl");
  const found = await verifyLedger({ directory, headFile, name: "evidence", verifySignature: holds });
  const days = [{ ledger: "evidence", date: "2026-11-21", state: "open", records: 8 }];
  expect(found).toEqual({ ok: true, days, erased: [] });
});

test("the lines of the page stand in that ledger", async () => {
  const there = await Promise.all(["2026-11-21.jsonl", "commits.jsonl", "checkpoints.jsonl"].map(linesOf));
  const lines = shown.slice(0, 3).flatMap((block) => block.split("\n"));
  expect(lines).toHaveLength(5);
  expect(there.flat()).toEqual(expect.arrayContaining(lines));
});

test("its records are what the schema says and fold to the segment of the page", async () => {
  const records = (await all(readEvidence(directory))).map(({ record }) => record);
  for (const record of records) expect(EvidenceRecord.safeParse(record).error).toBeUndefined();
  const collectorId = "7d0f6f0e-2a4b-4a43-9d0e-5a3b1c9e8f21";
  const closesAtMs = Date.parse("2026-11-21T09:28:10.001Z");
  expect(foldTimeline(records, { collectorId, nowMs: closesAtMs - 1 }).segments).toEqual([]);
  const { segments } = foldTimeline(records, { collectorId, nowMs: closesAtMs });
  expect(segments).toEqual([JSON.parse(shown[3] ?? "")]);
});

// A ledger in a temporary folder with a throw-away key.
import { generateKeyPairSync, sign } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Ledger, openLedger } from "@mimolo/ledger";
import { onTestFinished } from "vitest";
import { createRecordWriter, type Origin, type RecordWriter, timesOf } from "../src/index.ts";

export const START_MS = Date.UTC(2026, 10, 21, 9);

export const origin: Origin = {
  instanceId: "6f1d4c1e-0000-4000-8000-000000000001",
  pluginId: "mimolo.folder-activity",
  agentLabel: "folder-activity",
  runId: "r-1",
  trust: "trusted",
};

export interface TestLedger {
  readonly directory: string;
  readonly ledger: Ledger;
  readonly writer: RecordWriter;
  /** The moment the writer stamps records with. */
  readonly clock: { nowMs: number };
}

/** Gone when the test is over. */
export async function temporaryLedger(): Promise<TestLedger> {
  const root = await mkdtemp(join(tmpdir(), "mimolo evidence "));
  const directory = join(root, "evidence");
  const clock = { nowMs: START_MS };
  const { privateKey } = generateKeyPairSync("ed25519");
  const { ledger } = await openLedger({
    directory,
    headFile: join(root, "head.json"),
    identity: { collectorId: "c0", publicKey: "a key" },
    sign: (message) => sign(null, message, privateKey),
    clock: { wallMs: () => clock.nowMs, ticksMs: () => 0, after: () => undefined },
    timesOf,
  });
  onTestFinished(async () => {
    await ledger.close();
    await rm(root, { recursive: true });
  });
  return { directory, ledger, writer: createRecordWriter(ledger, { wallMs: () => clock.nowMs }), clock };
}

export function lineOf(value: object): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

/** Everything an async iterable has to give. */
export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

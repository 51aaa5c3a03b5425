import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ManualClock, manualClock } from "@mimolo/agent-sdk/testing";
import { readEvidence } from "@mimolo/evidence";
import { loadOrCreateKey } from "@mimolo/trust";
import { afterEach, beforeEach, expect, test } from "vitest";
import { dataDirectory, makeDataDirectory } from "../../src/data-directory.ts";
import { Emitter } from "../../src/emitter.ts";
import type { CollectorEvents } from "../../src/events.ts";
import { AGENT_LANE_BYTES, EVIDENCE_LANE_BYTES, type EvidenceSource } from "../../src/journal/evidence-lane.ts";
import { Journal } from "../../src/journal/journal.ts";
import { fillingDisk } from "../filling-disk.ts";

const START_MS = Date.UTC(2026, 10, 21, 8);
let root = "";
let clock: ManualClock;
let journal: Journal;
const disk = fillingDisk();

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "mimolo-lane-"));
  clock = manualClock({ wallMs: START_MS });
  disk.refuses = false;
  const directory = dataDirectory(root);
  makeDataDirectory(directory);
  const { collectorKey: secretFile, collectorPublicKey: publicFile } = directory;
  journal = await Journal.open({
    directory,
    key: loadOrCreateKey({ secretFile, publicFile, comment: "test" }),
    clock,
    events: new Emitter<CollectorEvents>(() => undefined),
    fileSystem: disk.fileSystem,
    fault: () => undefined,
    slice: 10,
  });
});
afterEach(async () => {
  disk.refuses = false;
  await journal.close();
  rmSync(root, { recursive: true, force: true });
});

/** An agent that can be paused, and sends until it is. */
class Sender implements EvidenceSource {
  readonly causes = new Set<string>();
  sent = 0;
  readonly #features: readonly string[];
  readonly #label: string;

  constructor(label: string, features: readonly string[] = []) {
    this.#label = label;
    this.#features = features;
  }

  pause(cause: string): void {
    this.causes.add(cause);
  }

  resume(cause: string): void {
    this.causes.delete(cause);
  }

  has(feature: string): boolean {
    return this.#features.includes(feature);
  }

  send(bytes: number): void {
    const data = { activity_signal: { mode: "active", keep_alive: true }, pad: "x".repeat(bytes) };
    const message = { type: "summary", data, metrics: { interval_s: 1 } };
    const origin = {
      instanceId: this.#label,
      pluginId: "p",
      agentLabel: this.#label,
      runId: "r",
      trust: "dev",
    } as const;
    const line = Buffer.from(JSON.stringify(message));
    journal.message({ origin, line, message, receivedAtMs: clock.wallMs() }, this);
    this.sent += 1;
  }

  sendUntilPaused(bytes: number): void {
    while (this.causes.size === 0) this.send(bytes);
  }
}

async function recordsOf(label: string): Promise<number> {
  let count = 0;
  for await (const _ of readEvidence(dataDirectory(root).evidence, { agent: label, kind: "message" })) count += 1;
  return count;
}

test("while the disk refuses, an agent is paused at its bound, others go on, and nothing is lost", async () => {
  const flooding = new Sender("flooding");
  const quiet = new Sender("quiet");
  disk.refuses = true;
  flooding.sendUntilPaused(10_000);
  quiet.send(100);
  await expect(journal.commit()).rejects.toThrow("ENOSPC");
  expect([...flooding.causes]).toEqual(["evidence-lane"]);
  expect(quiet.causes.size).toBe(0);
  expect(journal.ledger.uncommittedBytes).toBeLessThan(AGENT_LANE_BYTES + 12_000);
  disk.refuses = false;
  await journal.commit();
  expect(flooding.causes.size).toBe(0);
  expect(await recordsOf("flooding")).toBe(flooding.sent);
  expect(await recordsOf("quiet")).toBe(1);
  expect(journal.snapshot().open?.resets_count).toBe(flooding.sent);
});

test("all agents together are held at the bound of the lane, but for those that keep a spool of their own", async () => {
  disk.refuses = true;
  const senders = Array.from({ length: 40 }, (_, n) => new Sender(`a${n}`));
  for (const sender of senders) while (sender.causes.size === 0 && sender.sent < 15) sender.send(60_000);
  expect(senders.filter(({ causes }) => causes.size > 0)).not.toHaveLength(0);
  expect(journal.ledger.uncommittedBytes).toBeLessThan(EVIDENCE_LANE_BYTES + 40 * 61_000);
  const durable = new Sender("durable", ["durable_ack"]);
  durable.send(1000);
  expect(durable.causes.size).toBe(0);
  disk.refuses = false;
  await journal.commit();
  expect(senders.every(({ causes }) => causes.size === 0)).toBe(true);
});

test("a new process of an agent whose evidence still waits is paused as well", () => {
  disk.refuses = true;
  const agent = new Sender("agent");
  agent.sendUntilPaused(60_000);
  agent.causes.clear();
  agent.send(10);
  expect(agent.causes.size).toBe(1);
});

test("of very much at once what is durable is told to the last record, however it falls into slices", async () => {
  for (const records of [9, 10, 20]) {
    const last = journal.ledger.nextSeq + records - 1;
    const sender = new Sender(`a${records}`);
    for (let sent = 0; sent < records; sent++) sender.send(1);
    await journal.ledger.commit();
    for (let turn = 0; turn < 4; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect([journal.ledger.committedSeq, journal.foldedSeq]).toEqual([last, last]);
  }
});

// A data directory with an agent's files in it, and evidence that refers to them.
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type ManualClock, manualClock } from "@mimolo/agent-sdk/testing";
import { createRecordWriter, erasureRecord, timesOf } from "@mimolo/evidence";
import { type Ledger, openLedger } from "@mimolo/ledger";
import type { ArtifactReference } from "@mimolo/protocol";
import { loadOrCreateKey } from "@mimolo/trust";
import { onTestFinished } from "vitest";
import { Inventory } from "../../src/artifacts/index/inventory.ts";
import { ArtifactRegister } from "../../src/artifacts/register.ts";
import { agentDirectory, type DataDirectory, dataDirectory, makeDataDirectory } from "../../src/data-directory.ts";

export const owner = { instanceId: "i-1", pluginId: "acme.shots", label: "shots" };

export interface Shelf {
  readonly root: string;
  readonly data: DataDirectory;
  readonly clock: ManualClock;
  readonly ledger: Ledger;
  readonly inventory: Inventory;
  /** Keeps a file and refers to it; answers the record's number, which is not committed yet. */
  keep(id: string, text?: string): number;
  /** Refers to what is given, whatever lies there. */
  refer(...references: readonly object[]): number;
  erase(seq: number): Promise<void>;
  /** Where a file of the agent lies. */
  file(relPath: string): string;
  /** What a collector knows that is started now. */
  register(inventory?: Inventory): ArtifactRegister;
}

export function referenceTo(id: string, text = id): ArtifactReference {
  return {
    artifact_id: id,
    rel_path: `artifacts/${id}`,
    sha256: createHash("sha256").update(text).digest("hex"),
    bytes: Buffer.byteLength(text),
    mime: "text/plain",
    captured_at: "2026-11-21T09:00:00Z",
    retention_class: "retained",
  };
}

/** Gone when the test is over. */
export async function shelf(): Promise<Shelf> {
  const root = mkdtempSync(join(tmpdir(), "mimolo shelf "));
  const data = dataDirectory(root);
  makeDataDirectory(data);
  const clock = manualClock({ wallMs: Date.UTC(2026, 10, 21, 9) });
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
  const inventory = new Inventory();
  const folder = agentDirectory(data, owner.pluginId, owner.instanceId);
  const file = (relPath: string) => join(folder, relPath);

  function refer(...artifacts: readonly object[]): number {
    const message = { type: "summary", timestamp: "2026-11-21T09:00:00Z", data: { artifacts } };
    const origin = {
      instanceId: owner.instanceId,
      pluginId: owner.pluginId,
      agentLabel: owner.label,
      runId: "r",
      trust: "trusted",
    } as const;
    const line = Buffer.from(JSON.stringify(message));
    const seq = writer.message({ origin, line, message, receivedAtMs: clock.wallMs() });
    inventory.written(seq, message);
    return seq;
  }

  return {
    root,
    data,
    clock,
    ledger,
    inventory,
    file,
    refer,
    keep(id, text = id) {
      const reference = referenceTo(id, text);
      mkdirSync(dirname(file(reference.rel_path)), { recursive: true });
      writeFileSync(file(reference.rel_path), text);
      return refer(reference);
    },
    async erase(seq) {
      const { recordSeq } = await ledger.erase(seq, (leaf) => erasureRecord({ seq, leaf, by: "me", why: "t" }, clock));
      inventory.written(recordSeq);
    },
    register: (of = inventory) =>
      new ArtifactRegister({ directory: data, clock, inventory: of, committedSeq: () => ledger.committedSeq }),
  };
}

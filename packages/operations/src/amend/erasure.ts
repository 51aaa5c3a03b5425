import { userInfo } from "node:os";
import type { EvidenceRecord } from "@mimolo/protocol";
import { isErased, parseRecord, readEvidence } from "@mimolo/evidence";
import { LedgerError, readLines } from "@mimolo/ledger";
import { CollectorError } from "../error.ts";

export interface ErasureRequest {
  readonly seq: number;
  readonly why: string;
}

/** A record of which only the frame is left. */
export interface ErasureReport {
  readonly seq: number;
  /** The leaf hash its line had, hex. */
  readonly leaf: string;
  /** The record that says who and why. */
  readonly record_seq: number;
  /** Aggregates of the same agent that may repeat what it said; each can be erased as well. */
  readonly repeated_by: readonly number[];
}

const LONGEST_WHY = 1_000;

/** Why a kind stays: what was observed about time and rules carries the meaning of everything around it. */
const KEPT: Readonly<Partial<Record<EvidenceRecord["kind"], string>>> = {
  policy: "it holds the rules by which other records count; without it their meaning would change",
  erasure: "it is the proof of an erasure; without it a changed record could not be told from an erased one",
  gap: "it says that nobody looked; without it that time could pass for work",
  clock_step: "it says that the clock was set; without it times around it could not be told",
  agent_state: "it says what an agent's process did, nothing of what you did",
};

/** The record, if it may be erased. Throws `CollectorError`: `unknown-record`, `already-erased`, `not-erasable`. */
export async function erasable(directory: string, { seq, why }: ErasureRequest): Promise<EvidenceRecord> {
  if (why.trim() === "")
    throw wrong("no reason is given", 'say it with --why "…": it is kept in the place of what goes');
  if (why.length > LONGEST_WHY) throw wrong("the reason is too long", `keep it under ${LONGEST_WHY} characters`);
  const record = await recordAt(directory, seq);
  if (record === null) {
    const hint = "`mimolo evidence` shows the number of each record in front";
    throw new CollectorError("unknown-record", `there is no record ${seq}`, hint);
  }
  const kept = KEPT[record.kind];
  if (kept !== undefined) {
    const hint = "messages, imports, corrections and aggregates can be erased";
    throw new CollectorError("not-erasable", `record ${seq} is of kind ${record.kind} and stays: ${kept}`, hint);
  }
  if (isErased(record)) throw await alreadyErased(directory, seq);
  return record;
}

/** What the ledger itself refuses, in the words of the collector: two may have asked at once. */
export function refusedByLedger(error: unknown, seq: number): unknown {
  if (!(error instanceof LedgerError)) return error;
  if (error.code === "already-erased") {
    return new CollectorError("already-erased", `record ${seq} was erased before`, "there is nothing left to erase");
  }
  if (error.code !== "damaged") return error;
  return new CollectorError("evidence-not-intact", error.message, "`mimolo verify` names the place", { cause: error });
}

/** Who erases: the user this process runs as. */
export function eraser(): string {
  try {
    return userInfo().username;
  } catch {
    return "unknown";
  }
}

/** Aggregates that a monitor made of segments in which the record stands. */
export async function repeating(
  directory: string,
  record: EvidenceRecord,
  segmentIds: ReadonlySet<string>,
): Promise<number[]> {
  if (record.kind !== "message" || segmentIds.size === 0) return [];
  const found: number[] = [];
  for await (const { record: other } of readEvidence(directory, { kind: "aggregate", seqAfter: record.seq })) {
    if (other.kind !== "aggregate" || isErased(other) || other.data.agent_label !== record.agent_label) continue;
    if (segmentIds.has(other.data.segment_id)) found.push(other.seq);
  }
  return found;
}

async function recordAt(directory: string, seq: number): Promise<EvidenceRecord | null> {
  for await (const { line } of readLines(directory, { seqFrom: seq, seqTo: seq })) return parseRecord(line);
  return null;
}

async function alreadyErased(directory: string, seq: number): Promise<CollectorError> {
  let said = "";
  for await (const { record } of readEvidence(directory, { kind: "erasure" })) {
    if (record.kind !== "erasure" || record.data.seq !== seq) continue;
    said = `: record ${record.seq}, on ${record.received_at.slice(0, 10)} by ${record.data.by}: ${record.data.why}`;
  }
  return new CollectorError(
    "already-erased",
    `record ${seq} was erased before${said}`,
    "there is nothing left to erase",
  );
}

function wrong(message: string, hint: string): CollectorError {
  return new CollectorError("not-erasable", message, hint);
}

import type { EvidenceRecord, RecordKind } from "@mimolo/protocol";
import { gistOf } from "./gist.ts";

/** What the list keeps of a record: a day has fifty thousand of them. */
export interface Row {
  readonly seq: number;
  readonly atMs: number;
  readonly kind: RecordKind;
  readonly label: string;
  readonly gist: string;
}

export function rowOf(record: EvidenceRecord): Row {
  return {
    seq: record.seq,
    atMs: Date.parse(record.received_at),
    kind: record.kind,
    label: ("agent_label" in record ? record.agent_label : undefined) ?? "",
    gist: gistOf(record),
  };
}

export const KINDS: readonly RecordKind[] = [
  "message",
  "gap",
  "clock_step",
  "agent_state",
  "policy",
  "import",
  "correction",
  "aggregate",
  "erasure",
];

/** What people call it. */
export const kindName = (kind: RecordKind) => kind.replace("_", " ");

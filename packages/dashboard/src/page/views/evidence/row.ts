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

/** What people call them. */
export const KIND_NAMES: Readonly<Record<RecordKind, string>> = {
  message: "message",
  gap: "gap",
  clock_step: "clock step",
  agent_state: "agent state",
  policy: "policy",
  import: "import",
  correction: "correction",
  aggregate: "aggregate",
  erasure: "erasure",
};

export const KINDS = Object.keys(KIND_NAMES) as readonly RecordKind[];

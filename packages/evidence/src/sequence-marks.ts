import type { EvidenceRecord } from "@mimolo/protocol";

/** What a number means to its stream: the next one, one that was settled before, or a jump over those from `missingFrom` to
 *  `missingTo`. */
export type SequenceCheck = "new" | "duplicate" | { readonly missingFrom: number; readonly missingTo: number };

/** The highest number settled per instance and stream: kept or refused, but never to be sent again. */
export class SequenceMarks {
  readonly #marks = new Map<string, Map<string, number>>();

  /** The number and all below it are settled. A lower one than before changes nothing. */
  note(instanceId: string, stream: string, seq: number): void {
    const streams = this.#marks.get(instanceId) ?? new Map<string, number>();
    this.#marks.set(instanceId, streams);
    streams.set(stream, Math.max(streams.get(stream) ?? 0, seq));
  }

  /** Takes over what a record of the ledger settled: so marks come back after a restart. */
  noteRecord(record: EvidenceRecord): void {
    if (record.kind === "message" && record.stream !== undefined && record.agent_seq !== undefined) {
      this.note(record.instance_id, record.stream, record.agent_seq);
    } else if (record.kind === "gap" && record.instance_id !== undefined) {
      const { stream, seq_to: seq } = record.data;
      if (stream !== undefined && seq !== undefined) this.note(record.instance_id, stream, seq);
    }
  }

  check(instanceId: string, stream: string, seq: number): SequenceCheck {
    const through = this.through(instanceId, stream);
    if (seq <= through) return "duplicate";
    return seq === through + 1 ? "new" : { missingFrom: through + 1, missingTo: seq - 1 };
  }

  /** The highest number settled; 0 for a stream nobody has heard of. */
  through(instanceId: string, stream: string): number {
    return this.#marks.get(instanceId)?.get(stream) ?? 0;
  }
}

import type { EvidenceRecord } from "@mimolo/protocol";
import { type SequenceCheck, StreamMark } from "./stream-mark.ts";

/** So many streams of one instance are known; of more, those last heard of. A stream lasts as long as its spool, so that only
 *  who invents them gets there. */
export const MOST_STREAMS = 256;

/** What is settled of every stream of every instance: kept or refused, but never to be sent again. */
export class SequenceMarks {
  readonly #marks = new Map<string, Map<string, StreamMark>>();

  /** The mark of a stream; an empty one for a stream nobody has heard of. */
  of(instanceId: string, stream: string): StreamMark {
    const known = this.#marks.get(instanceId)?.get(stream);
    if (known !== undefined) return known;
    const streams = this.#marks.get(instanceId) ?? new Map<string, StreamMark>();
    if (streams.size >= MOST_STREAMS) streams.delete(longestSilent(streams));
    const mark = new StreamMark();
    this.#marks.set(instanceId, streams.set(stream, mark));
    return mark;
  }

  /** The number is settled, and those below it that are not known to be missing; heard of at `atMs`. */
  note(instanceId: string, stream: string, seq: number, atMs = 0): void {
    this.of(instanceId, stream).note(seq, atMs);
  }

  /** Takes over what a record of the ledger settled: so marks come back after a restart. */
  noteRecord(record: EvidenceRecord): void {
    if (record.kind === "message" && record.stream !== undefined && record.agent_seq !== undefined) {
      this.note(record.instance_id, record.stream, record.agent_seq, Date.parse(record.received_at));
    } else if (record.kind === "gap" && record.instance_id !== undefined) {
      const { stream, seq_from: from, seq_to: to } = record.data;
      if (stream === undefined || from === undefined || to === undefined) return;
      this.of(record.instance_id, stream).miss(from, to);
    }
  }

  check(instanceId: string, stream: string, seq: number): SequenceCheck {
    return this.#marks.get(instanceId)?.get(stream)?.check(seq) ?? new StreamMark().check(seq);
  }

  /** The highest number settled; 0 for a stream nobody has heard of. */
  through(instanceId: string, stream: string): number {
    return this.#marks.get(instanceId)?.get(stream)?.through ?? 0;
  }
}

function longestSilent(streams: ReadonlyMap<string, StreamMark>): string {
  let [oldest, atMs] = ["", Number.POSITIVE_INFINITY];
  for (const [stream, mark] of streams) if (mark.heardMs < atMs) [oldest, atMs] = [stream, mark.heardMs];
  return oldest;
}

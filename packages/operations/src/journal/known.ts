import { SequenceMarks } from "@mimolo/evidence";
import type { EvidenceRecord } from "@mimolo/protocol";

/** What a journal remembers of its records; the timeline does not hold them. */
export class Known {
  /** What is settled of every durable stream. */
  readonly marks = new SequenceMarks();
  /** Sources of imported spans. */
  readonly imported = new Set<string>();
  records = 0;
  /** When the newest record found at opening was received; `null` in a new ledger. */
  lastReceivedMs: number | null = null;
  /** What was passed over: lines of the ledger that are no records. */
  readonly #unreadable: string[] = [];

  /** Takes note of a line that is no record. */
  passOver(seq: number, error: Error): void {
    this.#unreadable.push(`record ${seq} (${error.message})`);
  }

  /** A sentence about lines that are no records; none when all are. */
  get damage(): string[] {
    const [first, ...more] = this.#unreadable;
    if (first === undefined) return [];
    const others = more.length === 0 ? "" : ` and ${more.length} more`;
    return [`${first}${others} cannot be read and is passed over; \`mimolo verify\` says more`];
  }

  /** Hands the records of earlier runs on, noted as they pass; `took` has each before. */
  async *passing(
    records: AsyncIterable<{ readonly record: EvidenceRecord }>,
    took?: (record: EvidenceRecord) => void,
  ): AsyncGenerator<EvidenceRecord> {
    for await (const { record } of records) {
      this.records++;
      took?.(record);
      this.marks.noteRecord(record);
      // Those two may have been written while nobody watched.
      if (record.kind !== "correction" && record.kind !== "erasure")
        this.lastReceivedMs = Date.parse(record.received_at);
      if (record.kind === "import") this.imported.add(record.data.source);
      yield record;
    }
  }
}

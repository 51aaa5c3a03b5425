import { readEvidence, SequenceMarks } from "@mimolo/evidence";
import type { EvidenceRecord } from "@mimolo/protocol";
import type { JournalOptions } from "./journal-options.ts";

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

  /** A sentence about lines that are no records; none when all are. */
  get damage(): string[] {
    const [first, ...more] = this.#unreadable;
    if (first === undefined) return [];
    const others = more.length === 0 ? "" : ` and ${more.length} more`;
    return [`${first}${others} cannot be read and is passed over; \`mimolo verify\` says more`];
  }

  /** Hands the records of earlier runs on, from the ledger's folder, noted as they pass; `artifacts` takes each before. */
  async *passing(directory: string, artifacts: JournalOptions["artifacts"]): AsyncGenerator<EvidenceRecord> {
    const passOver = (seq: number, error: Error) => this.#unreadable.push(`record ${seq} (${error.message})`);
    for await (const { record } of readEvidence(directory, {}, passOver)) {
      this.records++;
      artifacts?.take(record);
      this.marks.noteRecord(record);
      // Those two may have been written while nobody watched.
      if (record.kind !== "correction" && record.kind !== "erasure")
        this.lastReceivedMs = Date.parse(record.received_at);
      if (record.kind === "import") this.imported.add(record.data.source);
      yield record;
    }
  }
}

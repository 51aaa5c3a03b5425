import { type Origin, SequenceMarks } from "@mimolo/evidence";
import type { EvidenceRecord } from "@mimolo/protocol";
import { DurableEvidence } from "../../../src/agents/durable/evidence.ts";
import { DurableStreams } from "../../../src/agents/durable/streams.ts";
import type { StreamNews } from "../../../src/agents/durable/stream.ts";
import type { MessageEntry } from "../../../src/journal/message-entry.ts";

const origin: Origin = { instanceId: "i", pluginId: "p", agentLabel: "a", runId: "r", trust: "trusted" };
const frame = { received_at: "2026-11-21T08:00:00.000Z", salt: "", instance_id: "i", plugin_id: "p", agent_label: "a" };

/** A ledger of arrays, an agent that hears everything at once, and the evidence between them. */
export class Paper {
  readonly ledger: EvidenceRecord[] = [];
  committed = 0;
  readonly told: StreamNews[] = [];
  diskWorks = true;
  hurries = 0;
  doubled = 0;
  /** Numbers that were offered to be kept, and those that were refused. */
  readonly offered = new Set<number>();
  readonly refused = new Set<number>();
  /** Of those offered, the ones whose sender had not been told before that they are settled. */
  readonly due = new Set<number>();
  #waiting: ((recordSeq: number) => void)[] = [];
  #evidence: DurableEvidence;

  constructor() {
    this.#evidence = this.#opened();
    this.hello();
  }

  /** Another process of the agent says hello. */
  hello(): void {
    this.#evidence.began("s");
    this.#evidence.welcomed();
  }

  offer(seq: number, bytes = 10): void {
    if (!this.refused.has(seq)) this.offered.add(seq);
    if (this.offered.has(seq) && seq > (this.told.at(-1)?.through ?? 0)) this.due.add(seq);
    const message = { type: "summary", seq };
    this.#evidence.take({ ...placed(seq), line: new Uint8Array(bytes), message });
  }

  refuse(seq: number): void {
    if (!this.offered.has(seq)) this.refused.add(seq);
    this.#evidence.refuse(placed(seq), "invalid-field");
  }

  /** The disk takes that many records more. */
  commit(records: number): void {
    if (!this.diskWorks) return;
    this.committed = Math.min(this.ledger.length, this.committed + records);
    for (const settle of this.#waiting.splice(0)) settle(this.committed);
  }

  /** The collector is killed and comes again: what was not on the disk is gone. */
  crash(): void {
    this.ledger.splice(this.committed);
    this.#waiting = [];
    const kept = new Set(this.numbers());
    for (const some of [this.offered, this.due]) for (const seq of some) if (!kept.has(seq)) some.delete(seq);
    this.#evidence = this.#opened();
    this.hello();
  }

  /** Numbers kept, in order of the ledger. */
  numbers(through = this.ledger.length): number[] {
    return this.ledger
      .slice(0, through)
      .flatMap((record) => (record.kind === "message" ? [record.agent_seq ?? 0] : []));
  }

  /** Numbers on record as missing. */
  missing(through = this.ledger.length): number[] {
    return this.ledger.slice(0, through).flatMap((record) => {
      if (record.kind !== "gap") return [];
      const { seq_from: from = 0, seq_to: to = 0 } = record.data;
      return Array.from({ length: to - from + 1 }, (_, index) => from + index);
    });
  }

  #opened(): DurableEvidence {
    const marks = new SequenceMarks();
    for (const record of this.ledger) marks.noteRecord(record);
    return new DurableEvidence(new DurableStreams(marks), "i", {
      keep: (entry) => this.#append({ ...frame, kind: "message", stream: "s", agent_seq: entry.agentSeq, message: {} }),
      missing: (data) => this.#append({ ...frame, kind: "gap", data }),
      hurry: () => (this.hurries += 1),
      commit: (tried) => {
        if (this.diskWorks) this.commit(Number.POSITIVE_INFINITY);
        tried();
      },
      afterCommit: (settle) => this.#waiting.push(settle),
      tell: (_stream, news) => this.told.push(news()),
      doubled: () => (this.doubled += 1),
      overwhelmed: () => undefined,
    });
  }

  #append(record: object): number {
    const seq = this.ledger.length + 1;
    this.ledger.push({ seq, ...record } as EvidenceRecord);
    return seq;
  }
}

function placed(seq: number): Pick<MessageEntry, "origin" | "receivedAtMs" | "stream" | "agentSeq"> {
  return { origin, receivedAtMs: Date.parse(frame.received_at), stream: "s", agentSeq: seq };
}

import type { ManualClock } from "@mimolo/agent-sdk/testing";
import { readEvidence } from "@mimolo/evidence";
import type { EvidenceRecord } from "@mimolo/protocol";
import type { Child, ChildEvents, Spawn } from "@mimolo/supervisor";
import { dataDirectory } from "../../../src/data-directory.ts";

/** What `committed` told of a stream. */
export interface Told {
  readonly stream: string;
  readonly through: number;
  readonly refused: readonly { seq: number; code: string }[];
}

/** An agent whose every word the test says by hand; it hears what is committed. */
export class DurableAgent {
  readonly told: Told[] = [];
  readonly heard: string[] = [];
  features: readonly string[] = ["summary", "durable_ack"];
  stream: string | undefined = "s-1";
  /** A deaf agent's pipe takes nothing. */
  deaf = false;
  starts = 0;
  /** What it still says when it is asked to go. */
  lastWords: (() => void) | null = null;
  readonly #clock: ManualClock;
  #events: ChildEvents | null = null;
  #leave: () => void = () => undefined;

  constructor(clock: ManualClock) {
    this.#clock = clock;
  }

  readonly spawn: Spawn = (_request, events) => {
    this.starts += 1;
    this.#events = events;
    const life = new AbortController();
    const beat = () => {
      this.say({ type: "heartbeat" });
      this.#clock.after(5_000, beat, life.signal);
    };
    const hello = () => {
      const stream = this.stream === undefined ? {} : { stream: this.stream };
      this.say({
        type: "handshake",
        protocol_version: "0.4",
        agent_version: "1.0.0",
        capabilities: this.features,
        ...stream,
      });
      beat();
    };
    this.#clock.after(1, hello, life.signal);
    this.#leave = () => {
      if (life.signal.aborted) return;
      life.abort();
      this.#clock.after(0, () => events.exited(0, null), new AbortController().signal);
      events.outputEnded();
    };
    return this.#child(life);
  };

  /** Messages read at once, as lines of one chunk. */
  say(...messages: object[]): void {
    const timestamp = new Date(this.#clock.wallMs()).toISOString();
    this.sayRaw(messages.map((message) => `${JSON.stringify({ timestamp, ...message })}\n`).join(""));
  }

  sayRaw(text: string): void {
    this.#events?.stdout(Buffer.from(text));
  }

  /** Summaries of these numbers. */
  number(...seqs: number[]): void {
    this.say(...seqs.map((seq) => summary(seq)));
  }

  /** Dies; the collector starts it anew. */
  die(): void {
    this.#leave();
  }

  /** The pipe takes more again. */
  listen(): void {
    this.deaf = false;
    this.#events?.drained();
  }

  #child(life: AbortController): Child {
    return {
      pid: 4_000_000 + this.starts,
      write: (text) => {
        for (const line of text.trimEnd().split("\n")) this.#obey(line);
        return !this.deaf;
      },
      closeInput: () => undefined,
      signalGroup: () => {
        this.#leave();
        return true;
      },
      groupAlive: () => !life.signal.aborted,
      pauseOutput: () => undefined,
      resumeOutput: () => undefined,
      release: () => undefined,
    };
  }

  #obey(line: string): void {
    const { cmd, params, sequence = [cmd] } = JSON.parse(line) as { cmd: string; params: Told; sequence?: string[] };
    this.heard.push(...sequence);
    if (cmd === "committed") this.told.push(params);
    if (!sequence.includes("shutdown")) return;
    this.lastWords?.();
    if (this.lastWords === null) this.#leave();
  }
}

export const summary = (seq: number, data: object = {}) => ({ type: "summary", seq, data: { ...data, n: seq } });

/** What is on the disk by now. */
export async function onDisk(dataDir: string): Promise<EvidenceRecord[]> {
  const records: EvidenceRecord[] = [];
  for await (const { record } of readEvidence(dataDirectory(dataDir).evidence)) records.push(record);
  return records;
}

/** The numbers kept of a stream, and the stretches noted as missing, in order. */
export function numbersOf(records: readonly EvidenceRecord[], of = "s-1"): (number | string)[] {
  return records.flatMap<number | string>((record) => {
    if (record.kind === "message" && record.stream === of) return [record.agent_seq ?? Number.NaN];
    if (record.kind !== "gap" || record.data.stream !== of) return [];
    return [`${record.data.seq_from}..${record.data.seq_to}`];
  });
}

import type { Origin } from "@mimolo/evidence";
import type { GapRecord } from "@mimolo/protocol";
import type { MessageEntry } from "../../journal/message-entry.ts";
import type { DurableStream, StreamNews } from "./stream.ts";
import type { DurableStreams } from "./streams.ts";

/** Streams one process may speak of. It needs one, and another when its spool turns out to be an old copy. */
export const MOST_STREAMS_OF_A_RUN = 16;

/** Evidence with its place in a stream, as far as it has one. */
export type Placed = Pick<MessageEntry, "origin" | "receivedAtMs" | "stream" | "agentSeq">;

/** What durable evidence needs of the collector. */
export interface DurableDoors {
  /** Both answer the number of the record. */
  keep(entry: MessageEntry): number;
  missing(data: GapRecord["data"], origin: Origin): number;
  /** A commit at once is worth it. */
  hurry(): void;
  /** Commits now; `tried` is called when that is done, has failed, or takes too long. */
  commit(tried: () => void): void;
  /** `settle` is called once, after the next commit that went well. */
  afterCommit(settle: (recordSeq: number) => void): void;
  /** There is news of a stream; `news` is to be asked when the agent can hear it. */
  tell(stream: string, news: () => StreamNews): void;
  /** A number came again and was not kept again. */
  doubled(): void;
  /** This process speaks of too many streams: that line is not kept. */
  overwhelmed(entry: Placed): void;
}

/** The evidence of one agent, each number of each stream kept once: settles what came, notes what is missing, and says what
 *  the agent may forget. */
export class DurableEvidence {
  readonly #streams: DurableStreams;
  readonly #instanceId: string;
  readonly #doors: DurableDoors;
  /** Those the process that runs now speaks of. Most agents have none, so neither of the two is made before it is needed. */
  #ofRun: Map<string, DurableStream> | null = null;
  #untold: Set<string> | null = null;
  #announced: string | undefined;
  #listens = false;

  constructor(streams: DurableStreams, instanceId: string, doors: DurableDoors) {
    this.#streams = streams;
    this.#instanceId = instanceId;
    this.#doors = doors;
  }

  /** Another process speaks, of this stream. */
  began(stream: string | undefined): void {
    this.#ofRun = null;
    this.#announced = stream;
  }

  /** Its handshake was answered: it hears what is kept of its stream. What its predecessor sent last is committed before that
   *  if the disk allows: were its spool an old copy, it would give those numbers again. */
  welcomed(): void {
    const name = this.#announced;
    if (name === undefined) return;
    if (this.#streams.isWaiting(this.#instanceId, name)) this.#doors.commit(() => this.#tell(name));
    else this.#tell(name);
  }

  /** Keeps what is new. */
  take(entry: MessageEntry): void {
    const { stream: name, agentSeq, receivedAtMs, line } = entry;
    if (name === undefined || agentSeq === undefined) return void this.#doors.keep(entry);
    const stream = this.#streamOf(name);
    if (stream === null) return this.#doors.overwhelmed(entry);
    if (!this.#reach(stream, name, agentSeq, entry)) return;
    const recordSeq = this.#doors.keep(entry);
    if (stream.kept(agentSeq, recordSeq, line.length + 1, receivedAtMs)) this.#doors.hurry();
    this.#await(name, stream);
  }

  /** Settles the number of what is not kept. */
  refuse(entry: Placed, code: string): void {
    const { stream: name, agentSeq, receivedAtMs } = entry;
    if (name === undefined || agentSeq === undefined) return;
    const stream = this.#streamOf(name);
    if (stream === null || !this.#reach(stream, name, agentSeq, entry)) return;
    stream.refused(agentSeq, code, receivedAtMs);
    if (stream.hasNews) this.#tellSoon(name);
  }

  /** False for a number that was settled before. A jump to it leaves a gap. */
  #reach(stream: DurableStream, name: string, seq: number, { origin, receivedAtMs }: Placed): boolean {
    const check = stream.check(seq);
    if (check === "duplicate") {
      this.#doors.doubled();
      this.#tellSoon(name);
      return false;
    }
    if (check === "new") return true;
    const { missingFrom, missingTo } = check;
    const from = new Date(Math.min(stream.heardMs === 0 ? receivedAtMs : stream.heardMs, receivedAtMs)).toISOString();
    const to = new Date(receivedAtMs).toISOString();
    const data = { reason: "missing-seq", from, to, stream: name, seq_from: missingFrom, seq_to: missingTo } as const;
    stream.missed(missingFrom, missingTo, this.#doors.missing(data, origin));
    this.#await(name, stream);
    return true;
  }

  #streamOf(name: string): DurableStream | null {
    const known = this.#ofRun?.get(name);
    if (known !== undefined) return known;
    this.#ofRun ??= new Map();
    if (this.#ofRun.size >= MOST_STREAMS_OF_A_RUN) return null;
    const stream = this.#streams.open(this.#instanceId, name);
    this.#ofRun.set(name, stream);
    // Whoever sent what waits of it cannot tell this process.
    if (!stream.isSettled) this.#listen();
    return stream;
  }

  #await(name: string, stream: DurableStream): void {
    this.#streams.wait(this.#instanceId, name, stream);
    this.#listen();
  }

  #listen(): void {
    if (this.#listens) return;
    this.#listens = true;
    this.#doors.afterCommit((recordSeq) => {
      this.#listens = false;
      this.#committed(recordSeq);
    });
  }

  #committed(recordSeq: number): void {
    if (this.#streams.committed(this.#instanceId, recordSeq)) this.#listen();
    for (const [name, stream] of this.#ofRun ?? []) if (stream.hasNews) this.#tell(name);
  }

  /** Once for all lines that were read together. */
  #tellSoon(name: string): void {
    if (this.#untold === null) queueMicrotask(() => this.#tellAll());
    this.#untold ??= new Set();
    this.#untold.add(name);
  }

  #tellAll(): void {
    const untold = this.#untold ?? [];
    this.#untold = null;
    for (const name of untold) if (this.#ofRun?.has(name) === true) this.#tell(name);
  }

  #tell(name: string): void {
    const stream = this.#streamOf(name);
    if (stream !== null) this.#doors.tell(name, () => stream.news());
  }
}

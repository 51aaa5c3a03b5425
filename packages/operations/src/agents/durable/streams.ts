import type { SequenceMarks } from "@mimolo/evidence";
import { DurableStream } from "./stream.ts";

/** The streams of a collector's agents. Those of which something waits for the disk outlive whoever sent it: a process, or an
 *  agent that is made anew under other settings. */
export class DurableStreams {
  readonly #marks: SequenceMarks;
  readonly #waiting = new Map<string, Map<string, DurableStream>>();

  /** `marks` say what the ledger has settled. */
  constructor(marks: SequenceMarks) {
    this.#marks = marks;
  }

  /** A stream of an instance, with what still waits of it. */
  open(instanceId: string, name: string): DurableStream {
    return this.#waiting.get(instanceId)?.get(name) ?? new DurableStream(this.#marks.of(instanceId, name));
  }

  /** True while something of that stream waits for the disk. */
  isWaiting(instanceId: string, name: string): boolean {
    return this.#waiting.get(instanceId)?.has(name) === true;
  }

  /** Something of it waits for the disk from now on. */
  wait(instanceId: string, name: string, stream: DurableStream): void {
    const streams = this.#waiting.get(instanceId) ?? new Map<string, DurableStream>();
    this.#waiting.set(instanceId, streams.set(name, stream));
  }

  /** The ledger is on the disk up to record `recordSeq`. True while something of that instance waits still. */
  committed(instanceId: string, recordSeq: number): boolean {
    const streams = this.#waiting.get(instanceId);
    if (streams === undefined) return false;
    for (const [name, stream] of streams) {
      stream.committed(recordSeq);
      if (stream.isSettled) streams.delete(name);
    }
    if (streams.size === 0) this.#waiting.delete(instanceId);
    return streams.size > 0;
  }
}

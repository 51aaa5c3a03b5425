import { type Noted, NoteQueue, type ObservedMessage } from "@mimolo/evidence";
import { EvidenceLane, type EvidenceSource } from "./evidence-lane.ts";

/** What was appended and is not durable yet, in order: of each record only what the timeline will ask for. */
export class Waiting {
  readonly #lane = new EvidenceLane();
  readonly #notes = new NoteQueue<EvidenceSource | null>();

  get isEmpty(): boolean {
    return this.#notes.isEmpty;
  }

  /** `bytes` fill the lane of `source`; the collector's own records have none. */
  add(noted: Noted, source: EvidenceSource | null, bytes: number): void {
    this.#notes.add(noted, source, bytes);
    if (source !== null) this.#lane.accept(source, bytes);
  }

  /** The same of a message, which is noted only where it says anything new. */
  addMessage(
    observed: ObservedMessage,
    note: (observed: ObservedMessage) => Noted,
    source: EvidenceSource | null,
    bytes: number,
  ): void {
    this.#notes.addMessage(observed, note, source, bytes);
    if (source !== null) this.#lane.accept(source, bytes);
  }

  /** Hands those up to record `through`, at most `most`, to `fold`, gives their agents room again, and says how many they were. */
  settle(through: number, most: number, fold: (notes: Iterable<Noted>, count: number) => void): number {
    const count = this.#notes.countThrough(through, most);
    if (count === 0) return 0;
    let [last, sum]: [EvidenceSource | null, number] = [null, 0];
    const settleLast = () => {
      if (last !== null) this.#lane.settle(last, sum);
    };
    // Mostly many of one source follow each other.
    fold(
      this.#notes.take(count, (source, bytes) => {
        if (source !== last) {
          settleLast();
          [last, sum] = [source, 0];
        }
        sum += bytes;
      }),
      count,
    );
    settleLast();
    this.#lane.makeRoom();
    return count;
  }
}

// Evidence by way of the spool: written down, sent within the window, kept until the collector has it for good. Nothing gets a
// number before the collector has said how far it is, because an old copy of the spool may have been put back: a number given
// twice would look like a line sent twice, and be lost.
import type { Committed, Delivery, Exit } from "./delivery.ts";
import { type EvidenceLine, numbered } from "./evidence-line.ts";
import { SendWindow } from "./send-window.ts";
import { Spool } from "./spool.ts";
import type { SpoolStore } from "./spool-store.ts";

const MOST_HELD = 1024;
const MOST_HELD_CHARACTERS = 262_144;

export class DurableDelivery implements Delivery {
  readonly isDurable = true;
  /** Stays what the handshake said. */
  readonly stream: string;
  readonly #spool: Spool;
  readonly #exit: Exit;
  readonly #troubled: (fault: Error | null) => void;
  readonly #window = new SendWindow();
  readonly #refused = new Set<number>();
  /** `awaited`: evidence goes out already; `unanswered`: the collector is an old one, or none; what is sent counts as settled. */
  #collector: "asked" | "awaited" | "answered" | "unanswered" = "asked";
  #held: EvidenceLine[] = [];
  #heldCharacters = 0;
  #isTroubled = false;

  /** `troubled` hears when the disk begins to fail, and with `null` when it works again. */
  constructor(store: SpoolStore, exit: Exit, troubled: (fault: Error | null) => void) {
    this.#spool = new Spool(store);
    this.#exit = exit;
    this.#troubled = troubled;
    this.stream = this.#spool.stream;
  }

  get hasRoom(): boolean {
    if (this.#collector === "asked") {
      return this.#held.length < MOST_HELD && this.#heldCharacters < MOST_HELD_CHARACTERS;
    }
    return this.#spool.hasRoom && (this.#spool.fault === null || this.#window.hasRoom);
  }

  take(line: EvidenceLine): void {
    this.#held.push(line);
    this.#heldCharacters += line.tail.length;
    if (this.#collector !== "asked") this.#release();
  }

  committed({ stream, through, refused = [] }: Committed): void {
    if (stream !== this.#spool.stream) return;
    if (this.#collector !== "answered" && through > this.#spool.last) this.#spool.restart();
    else this.#settle(through, refused);
    this.#collector = "answered";
    this.#release();
  }

  /** The collector is at work and may be waiting for its disk: what it asks for goes out, and is kept. */
  wanted(): void {
    if (this.#collector !== "asked") return;
    this.#collector = "awaited";
    this.#release();
  }

  /** The collector will not say `committed`; if it does after all, it is heard. */
  unanswered(): void {
    if (this.#collector !== "asked" && this.#collector !== "awaited") return;
    this.#collector = "unanswered";
    this.#settle(this.#window.last, []);
    this.#release();
  }

  /** The agent ends: what waits in memory is written down for its next run. */
  close(): void {
    this.#number();
  }

  #settle(through: number, refused: readonly { readonly seq: number }[]): void {
    let settled = through;
    for (const { seq } of refused) this.#refused.add(seq);
    while (this.#refused.has(settled + 1)) settled += 1;
    for (const seq of this.#refused) if (seq <= settled) this.#refused.delete(seq);
    this.#spool.settle(settled);
    this.#window.settle(settled);
  }

  #release(): void {
    this.#number();
    for (let next = this.#spool.peek(); next !== null && this.#maySend(next.bytes); next = this.#spool.peek()) {
      this.#spool.shift();
      this.#exit.put("evidence", next.line);
      if (this.#collector === "unanswered") this.#spool.settle(next.seq);
      else this.#window.add(next);
    }
    const { fault } = this.#spool;
    if ((fault !== null) === this.#isTroubled) return;
    this.#isTroubled = fault !== null;
    this.#troubled(fault);
  }

  #number(): void {
    const stream = this.#spool.stream === this.stream ? null : this.#spool.stream;
    for (const line of this.#held.splice(0)) this.#spool.append((seq) => numbered(line, seq, stream));
    this.#heldCharacters = 0;
  }

  #maySend(bytes: number): boolean {
    return this.#collector === "unanswered" ? this.#exit.hasRoom : this.#window.fits(bytes);
  }
}

// How evidence reaches the collector: straight into the pipe, or by way of the spool (`durable-delivery.ts`).
import { type EvidenceLine, numbered } from "./evidence-line.ts";

export interface Delivery {
  /** Whether lines are kept until the collector has them for good. */
  readonly isDurable: boolean;
  /** The stream its numbers belong to. */
  readonly stream: string;
  /** Whether another line may be made; while not, its window goes on and nothing is lost. */
  readonly hasRoom: boolean;
  /** Gives `line` the next number and sees that it arrives. */
  take(line: EvidenceLine): void;
  /** The collector says how far it is. */
  committed(news: Committed): void;
  /** Evidence is asked for, whether the collector has said so or not. */
  wanted(): void;
  /** The collector will not say so. */
  unanswered(): void;
  /** The agent ends. */
  close(): void;
}

/** What the collector has for good: all numbers up to `through`, and the `refused`, which it will never take. */
export interface Committed {
  readonly stream: string;
  readonly through: number;
  readonly refused?: readonly { readonly seq: number }[] | undefined;
}

/** Where lines go out. */
export interface Exit {
  readonly hasRoom: boolean;
  put(lane: "evidence", line: string): void;
}

/** For an agent without a folder: a line is gone once the pipe took it. Numbers tell a collector what is missing, within this
 *  run. */
export class PlainDelivery implements Delivery {
  readonly isDurable = false;
  readonly stream = newStream();
  readonly #exit: Exit;
  #last = 0;

  constructor(exit: Exit) {
    this.#exit = exit;
  }

  get hasRoom(): boolean {
    return this.#exit.hasRoom;
  }

  take(line: EvidenceLine): void {
    this.#last += 1;
    this.#exit.put("evidence", numbered(line, this.#last, null));
  }

  committed(): void {}
  wanted(): void {}
  unanswered(): void {}
  close(): void {}
}

/** An id unlike all others; later ones sort behind earlier ones. `Math.random` is good enough for that, and `node:crypto` would
 *  cost every start. */
export function newStream(): string {
  return `${Date.now().toString(36)}${randomText()}${randomText()}`;
}

function randomText(): string {
  return Math.random().toString(36).slice(2, 12);
}

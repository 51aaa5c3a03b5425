import type { Transport } from "../login/access.ts";
import { ProblemError } from "../problems/problem.ts";

const MOST = 256;
const MOST_OVER_TCP = 64;

/** Somebody who has a place. */
export interface PlaceHolder {
  readonly transport: Transport;
  /** A `stranger` has shown no token yet, a `newcomer` has not subscribed. */
  readonly standing: "stranger" | "newcomer" | "subscribed";
  /** Is told why, and leaves at once. */
  giveWay(): void;
}

/** The places of those who listen: so many over TCP, so many in all. Who comes when they are full takes that of the one who has waited
 *  longest without subscribing, strangers first, and is turned away when all have. Over TCP nobody takes a place from the socket. */
export class Places<Holder extends PlaceHolder> implements Iterable<Holder> {
  readonly #holders = new Set<Holder>();
  /** Those whose handshake is under way. */
  readonly #kept = { socket: 0, tcp: 0 };

  get count(): number {
    return this.#holders.size;
  }

  [Symbol.iterator](): Iterator<Holder> {
    return this.#holders.values();
  }

  /** Keeps a place; the returned function ends that, whether somebody took it or not. Throws `too-many-requests`. */
  keep(transport: Transport): () => void {
    if (this.#isFull(transport)) this.#makeRoom(transport);
    this.#kept[transport] += 1;
    return () => void (this.#kept[transport] -= 1);
  }

  take(holder: Holder): void {
    this.#holders.add(holder);
  }

  leave(holder: Holder): void {
    this.#holders.delete(holder);
  }

  #isFull(transport: Transport): boolean {
    if (this.#holders.size + this.#kept.socket + this.#kept.tcp >= MOST) return true;
    if (transport === "socket") return false;
    const overTcp = [...this.#holders].filter((holder) => holder.transport === "tcp").length;
    return overTcp + this.#kept.tcp >= MOST_OVER_TCP;
  }

  #makeRoom(transport: Transport): void {
    const waiting = [...this.#holders].filter(
      (holder) => holder.standing !== "subscribed" && (transport === "socket" || holder.transport === "tcp"),
    );
    const first = waiting.find(({ standing }) => standing === "stranger") ?? waiting[0];
    if (first === undefined)
      throw new ProblemError("too-many-requests", "too many clients listen already", "close one that is not needed");
    this.#holders.delete(first);
    first.giveWay();
  }
}

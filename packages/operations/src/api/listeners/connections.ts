import type { Socket } from "node:net";
import type { Duplex } from "node:stream";

/** The open connections of one listener, never more than `most`: who comes when it is full takes the place of the one that has
 *  waited longest without having shown that it may be here, and is turned away when all have. */
export class Connections {
  readonly #most: number;
  readonly #strangers = new Set<Duplex>();
  readonly #known = new Set<Duplex>();

  constructor(most: number) {
    this.#most = most;
  }

  get count(): number {
    return this.#strangers.size + this.#known.size;
  }

  /** Whether it may stay. */
  add(socket: Socket): boolean {
    if (this.count >= this.#most) {
      const [oldest] = this.#strangers;
      if (oldest === undefined) {
        socket.destroy();
        return false;
      }
      this.#strangers.delete(oldest);
      oldest.destroy();
    }
    this.#strangers.add(socket);
    socket.once("close", () => this.leave(socket));
    return true;
  }

  /** Its request was admitted. */
  vouch(socket: Socket): void {
    if (this.#strangers.delete(socket)) this.#known.add(socket);
  }

  /** It is counted here no more. */
  leave(socket: Duplex): void {
    this.#strangers.delete(socket);
    this.#known.delete(socket);
  }

  destroyAll(): void {
    for (const socket of [...this.#strangers, ...this.#known]) socket.destroy();
  }
}

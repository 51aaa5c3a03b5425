import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** Answers come in the order of their requests: what has to be said on a connection outside of that waits for those that are
 *  still owed. */
export class Pending {
  readonly #owed = new WeakMap<Socket, Set<ServerResponse>>();
  readonly #lastWords = new WeakMap<Socket, () => void>();

  add(socket: Socket, response: ServerResponse): void {
    const owed = this.#owed.get(socket) ?? new Set();
    this.#owed.set(socket, owed.add(response));
    response.once("close", () => {
      owed.delete(response);
      if (owed.size === 0) this.#lastWords.get(socket)?.();
    });
  }

  /** Calls `speak` once nothing is owed on this connection any more; only the first one there gets a say. */
  last(socket: Socket, speak: () => void): void {
    if (this.#lastWords.has(socket)) return;
    this.#lastWords.set(socket, speak);
    if ((this.#owed.get(socket)?.size ?? 0) === 0) speak();
  }
}

import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** Answers come in the order of their requests: what has to be said on a connection outside of that waits for those that are
 *  still owed. Nothing is owed to a request whose rest will never come. */
export class Pending {
  readonly #owed = new WeakMap<Socket, Set<ServerResponse>>();
  readonly #lastWords = new WeakMap<Socket, () => void>();

  add(socket: Socket, response: ServerResponse): void {
    const owed = this.#owed.get(socket) ?? new Set();
    this.#owed.set(socket, owed.add(response));
    response.once("close", () => {
      owed.delete(response);
      if (this.isFree(socket)) this.#lastWords.get(socket)?.();
    });
  }

  /** Calls `speak` once nothing is owed on this connection any more; only the first one there gets a say. */
  last(socket: Socket, speak: () => void): void {
    if (this.#lastWords.has(socket)) return;
    let isSaid = false;
    const once = () => {
      if (!isSaid) speak();
      isSaid = true;
    };
    this.#lastWords.set(socket, once);
    if (this.isFree(socket)) once();
  }

  /** Whether nothing is owed on it now. */
  isFree(socket: Socket): boolean {
    return [...(this.#owed.get(socket) ?? [])].every(({ req, headersSent }) => !req.complete && !headersSent);
  }
}

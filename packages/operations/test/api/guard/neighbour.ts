import { WebSocket } from "ws";
import { RawConnection } from "../raw-connection.ts";
import { type Right, textOf } from "./probes.ts";

/** Somebody who uses the collector properly all the while. */
export class Neighbour {
  readonly #right: Right;
  readonly #connection: RawConnection;
  readonly #events: WebSocket;
  #isDone = false;
  readonly #finished: ReturnType<Neighbour["done"]>;

  constructor(right: Right) {
    const { port, token } = right;
    this.#right = right;
    this.#connection = new RawConnection(port);
    this.#events = new WebSocket(`ws://127.0.0.1:${port}/api/v1/events`, {
      headers: { authorization: `Bearer ${token}` },
    });
    this.#finished = this.#ask();
  }

  /** What it noticed. */
  done(): Promise<{ asked: number; right: number; usualMs: number; hears: boolean }> {
    this.#isDone = true;
    return this.#finished;
  }

  async #ask() {
    await new Promise((resolve) => this.#events.once("open", resolve));
    this.#events.send('{"subscribe":["*"]}');
    const tookMs: number[] = [];
    let asked = 0;
    let right = 0;
    for (; !this.#isDone; asked += 1) {
      const startedMs = performance.now();
      this.#connection.send(textOf({ path: "/api/v1/agents" }, this.#right));
      const answer = await this.#connection.answer(asked);
      if (answer?.status === 200) right += 1;
      tookMs.push(performance.now() - startedMs);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const hears = this.#events.readyState === WebSocket.OPEN;
    this.#events.close();
    this.#connection.end();
    // Single ones take as long as a busy machine lets them.
    const usualMs = tookMs.toSorted((a, b) => a - b)[Math.floor(tookMs.length / 2)] ?? Number.POSITIVE_INFINITY;
    return { asked, right, usualMs, hears };
  }
}

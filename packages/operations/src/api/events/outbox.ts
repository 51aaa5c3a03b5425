/** So much goes to the system in one piece; a slow reader has shown that it reads once that is gone. */
const PIECE_BYTES = 65_536;

export interface OutboxParts {
  /** Begins to write; `written` is to be called once that is out of this process. */
  readonly write: (bytes: Buffer) => void;
  readonly ticksMs: () => number;
}

/** What waits to be written to one client. */
export class Outbox {
  readonly #parts: OutboxParts;
  #queue: Buffer[] = [];
  #queuedBytes = 0;
  #writingBytes = 0;
  #writingSinceMs = 0;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
  }

  get waitingBytes(): number {
    return this.#queuedBytes + this.#writingBytes;
  }

  /** How long the client has not taken anything while something waited for it. */
  stalledMs(): number {
    return this.#writingBytes === 0 ? 0 : this.#parts.ticksMs() - this.#writingSinceMs;
  }

  put(bytes: Buffer): void {
    if (bytes.length === 0) return;
    if (this.#writingBytes === 0) return this.#write(bytes);
    this.#queue.push(bytes);
    this.#queuedBytes += bytes.length;
  }

  /** What was being written is out. */
  written(): void {
    this.#writingBytes = 0;
    if (this.#queue.length === 0) return;
    let bytes = 0;
    let count = 0;
    while (count < this.#queue.length && (count === 0 || bytes + (this.#queue[count]?.length ?? 0) <= PIECE_BYTES)) {
      bytes += this.#queue[count]?.length ?? 0;
      count += 1;
    }
    const piece = this.#queue.splice(0, count);
    this.#queuedBytes -= bytes;
    this.#write(piece.length === 1 && piece[0] !== undefined ? piece[0] : Buffer.concat(piece));
  }

  /** What waits and was not begun is forgotten. */
  drop(): void {
    this.#queue = [];
    this.#queuedBytes = 0;
  }

  #write(bytes: Buffer): void {
    this.#writingBytes = bytes.length;
    this.#writingSinceMs = this.#parts.ticksMs();
    this.#parts.write(bytes);
  }
}

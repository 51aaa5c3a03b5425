import type { CheckpointMark, CheckpointTrail } from "./checkpoint-mark.ts";
import { checkpointMessage, encodeCheckpoint, type Head } from "./entry.ts";
import type { LineFile } from "./line-file.ts";
import type { Clock } from "./ports.ts";

const AT_MOST_EVERY_MS = 60_000;

export interface CheckpointOptions {
  readonly file: LineFile;
  readonly collectorId: string;
  readonly clock: Clock;
  /** `n` of the last checkpoint on the disk; 0 when there is none. */
  readonly signedN: number;
  /** The lines on the disk; null where they are not what is remembered of them. */
  readonly trail: CheckpointTrail | null;
  /** Keeps how far the checkpoints have come. */
  readonly remember: (mark: CheckpointMark) => Promise<void>;
  /** Raw Ed25519 of the message. */
  readonly sign: (message: Uint8Array) => Uint8Array;
  /** The newest commit, synced. */
  readonly head: () => Head;
  readonly failed: (error: unknown) => void;
  /** A checkpoint is on the disk: time to look whether a day can be sealed. */
  readonly signed: () => Promise<void>;
}

/** Signs the head: at most once a minute while there are commits, and whenever asked. */
export class Checkpoints {
  readonly #options: CheckpointOptions;
  #signedN: number;
  #signedAtTicks = Number.NEGATIVE_INFINITY;
  #timer: AbortController | null = null;
  #last: Promise<void> = Promise.resolve();

  constructor(options: CheckpointOptions) {
    this.#options = options;
    this.#signedN = options.signedN;
  }

  /** A commit happened: its checkpoint comes when the minute is over. */
  due(): void {
    if (this.#timer !== null) return;
    const { clock, failed } = this.#options;
    const delayMs = this.#signedAtTicks + AT_MOST_EVERY_MS - clock.ticksMs();
    const timer = new AbortController();
    this.#timer = timer;
    const run = () => {
      this.#timer = null;
      this.sign().catch(failed);
    };
    clock.after(Math.max(0, delayMs), run, timer.signal);
  }

  /** Signs the head now, unless that was done; one after the other. */
  sign(): Promise<void> {
    const next = this.#last.then(() => this.#sign());
    this.#last = next.catch(() => {});
    return next;
  }

  /** The last one. What cannot be signed is told, and signed after the next start's first commit: nothing of it is lost. */
  async signLast(): Promise<void> {
    await this.sign().catch(() => this.sign().catch(this.#options.failed));
  }

  async close(): Promise<void> {
    this.#timer?.abort();
    await this.#last;
    await this.#options.file.close();
  }

  async #sign(): Promise<void> {
    const { clock, collectorId, file, sign, trail, remember } = this.#options;
    const head = this.#options.head();
    if (head.n <= this.#signedN) return;
    this.#signedAtTicks = clock.ticksMs();
    const sig = Buffer.from(sign(checkpointMessage(collectorId, head))).toString("base64");
    const line = encodeCheckpoint({ n: head.n, at: new Date(clock.wallMs()).toISOString(), hash: head.hash, sig });
    await file.append(line);
    this.#signedN = head.n;
    trail?.add(line, head.n);
    if (trail !== null) await remember(trail.mark);
    await this.#options.signed().catch(this.#options.failed);
  }
}

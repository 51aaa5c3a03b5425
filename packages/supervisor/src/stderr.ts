import { LineSplitter } from "@mimolo/protocol/wire";
import { Alarm } from "./alarm.ts";
import type { Clock } from "./clock.ts";
import { type StderrLevel, stderrLevel } from "./stderr-level.ts";
import { TailBuffer } from "./tail-buffer.ts";

const MAX_LINE_BYTES = 8_192;
const RING_BYTES = 65_536;
const LINES_PER_SECOND = 50;
const decoder = new TextDecoder();

/** An agent's stderr, always drained: hands on at most 50 lines a second with a count of the rest, cuts lines at 8 KiB, and
 *  keeps the last 64 KiB for when the agent dies. */
export class StderrReader {
  readonly #clock: Clock;
  readonly #line: (text: string, level: StderrLevel) => void;
  readonly #tail = new TailBuffer(RING_BYTES);
  readonly #splitter: LineSplitter;
  #alarm: Alarm | null = null;
  #secondFromMs = Number.NEGATIVE_INFINITY;
  #kept = 0;
  #left = 0;

  constructor(clock: Clock, line: (text: string, level: StderrLevel) => void) {
    this.#clock = clock;
    this.#line = line;
    this.#splitter = new LineSplitter(
      { maxLineBytes: MAX_LINE_BYTES },
      {
        line: (bytes) => this.#take(() => decoder.decode(bytes)),
        tooLong: (head, lengthBytes) =>
          this.#take(() => `${decoder.decode(head)} … (a line of ${lengthBytes} bytes, cut)`),
      },
    );
  }

  push(chunk: Uint8Array): void {
    this.#tail.push(chunk);
    this.#splitter.push(chunk);
  }

  /** The last `bytes` the agent wrote, as text. */
  tail(bytes: number): string {
    return this.#tail.last(bytes);
  }

  /** Hands on an unfinished last line and the count of what was left out. */
  end(): void {
    this.#splitter.end();
    this.#alarm?.end();
    this.#countTheRest();
  }

  #take(text: () => string): void {
    const nowMs = this.#clock.ticksMs();
    if (nowMs - this.#secondFromMs >= 1_000) {
      this.#countTheRest();
      this.#secondFromMs = nowMs;
      this.#kept = 0;
    }
    if (this.#kept < LINES_PER_SECOND) {
      this.#kept++;
      const line = text();
      this.#line(line, stderrLevel(line) ?? "info");
      return;
    }
    if (this.#left++ === 0) {
      this.#alarm ??= new Alarm(this.#clock);
      this.#alarm.set(this.#secondFromMs + 1_000 - nowMs, () => this.#countTheRest());
    }
  }

  #countTheRest(): void {
    if (this.#left === 0) return;
    const left = this.#left;
    this.#left = 0;
    this.#line(`… ${left} more ${left === 1 ? "line" : "lines"} on stderr within a second, not kept`, "warning");
  }
}

// What an agent writes, recorded line by line, as much of it as is kept.
import type { Readable } from "node:stream";
import { DEFAULT_MAX_LINE_BYTES, LineSplitter, MAX_LINE_BYTES_CEILING } from "@mimolo/protocol/wire";
import type { Recorder } from "../recorder.ts";

/** In a minute; more than any scenario makes an honest agent write. */
const MOST_LINES = 20_000;
const MOST_BYTES = 16 * 1024 * 1024;
const MOST_STDERR_LINES = 1000;
const NEWLINE = 10;

export interface OutputHooks {
  /** A line of stdout was recorded as the last one. */
  heard(): void;
  /** Some of stdout was read, whole lines or not. */
  changed(): void;
  /** More came than is kept. */
  flooded(): void;
  /** What comes now is not heard any more. */
  isOver(): boolean;
}

export class Output {
  readonly #recorder: Recorder;
  readonly #hooks: OutputHooks;
  readonly #lines: LineSplitter;
  readonly #errors: LineSplitter;
  #lastByte = NEWLINE;
  /** Since when these are counted. */
  #minuteMs = performance.now();
  #byteCount = 0;
  #lineCount = 0;

  constructor(recorder: Recorder, hooks: OutputHooks) {
    this.#recorder = recorder;
    this.#hooks = hooks;
    this.#lines = new LineSplitter(
      { maxLineBytes: MAX_LINE_BYTES_CEILING },
      {
        line: (bytes) => this.#heard(bytes),
        tooLong: (head, bytes) => {
          this.#heard(head);
          recorder.mark({ what: "long-line", bytes });
        },
      },
    );
    this.#errors = new LineSplitter(
      { maxLineBytes: DEFAULT_MAX_LINE_BYTES },
      { line: (bytes, number) => this.#complained(bytes, number), tooLong: (head, _, n) => this.#complained(head, n) },
    );
  }

  listen(stdout: Readable | null, stderr: Readable | null): void {
    stdout?.on("data", (chunk: Buffer) => this.#came(chunk));
    stderr?.on("data", (chunk: Buffer) => this.#errors.push(chunk));
  }

  /** Nothing more comes: what has no line end by now has none. */
  end(): void {
    if (this.#lastByte !== NEWLINE) this.#recorder.mark({ what: "unfinished-line" });
    this.#lines.end();
    this.#errors.end();
  }

  #came(chunk: Buffer): void {
    if (this.#hooks.isOver()) return;
    this.#lastByte = chunk.at(-1) ?? this.#lastByte;
    this.#byteCount += chunk.length;
    if (performance.now() - this.#minuteMs > 60_000) this.#nextMinute();
    this.#lines.push(chunk);
    if (this.#byteCount > MOST_BYTES || this.#lineCount > MOST_LINES) {
      this.#lines.end();
      this.#recorder.mark({ what: "flood", lines: this.#lineCount, bytes: this.#byteCount });
      this.#hooks.flooded();
    }
    this.#hooks.changed();
  }

  #nextMinute(): void {
    this.#minuteMs = performance.now();
    this.#byteCount = 0;
    this.#lineCount = 0;
  }

  #heard(bytes: Uint8Array): void {
    this.#lineCount += 1;
    this.#recorder.bytes("out", bytes);
    this.#hooks.heard();
  }

  #complained(bytes: Uint8Array, number: number): void {
    if (number <= MOST_STDERR_LINES) this.#recorder.bytes("err", bytes);
  }
}

import type { TranscriptLine } from "../transcript.ts";
import type { Happening, Mark, Recording } from "./recording.ts";

/** Hears of everything as it comes. */
export interface Listener {
  readonly onLine?: (line: TranscriptLine) => void;
  readonly onMark?: (mark: Mark) => void;
}

/** Puts a recording together; its times are since the recorder was made. */
export class Recorder {
  readonly recording: Recording & { readonly lines: TranscriptLine[]; readonly marks: Mark[] };
  readonly #startedMs = performance.now();
  readonly #listener: Listener;

  constructor(scenario: string, listener: Listener = {}) {
    this.recording = { scenario, lines: [], marks: [] };
    this.#listener = listener;
  }

  line(line: { dir: TranscriptLine["dir"]; line: string } | { dir: TranscriptLine["dir"]; line_base64: string }): void {
    const whole = { at_ms: this.#nowMs(), ...line };
    this.recording.lines.push(whole);
    this.#listener.onLine?.(whole);
  }

  /** A line as text where it is text. */
  bytes(dir: TranscriptLine["dir"], bytes: Uint8Array): void {
    const buffer = Buffer.from(bytes);
    const text = buffer.toString("utf8");
    if (Buffer.from(text, "utf8").equals(buffer)) this.line({ dir, line: text });
    else this.line({ dir, line_base64: buffer.toString("base64") });
  }

  mark(happening: Happening): void {
    const mark = { at_ms: this.#nowMs(), after: this.recording.lines.length, ...happening };
    this.recording.marks.push(mark);
    this.#listener.onMark?.(mark);
  }

  #nowMs(): number {
    return Math.round((performance.now() - this.#startedMs) * 1000) / 1000;
  }
}

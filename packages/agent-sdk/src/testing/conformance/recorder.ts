import type { TranscriptLine } from "../transcript.ts";
import type { Happening, Mark, Recording } from "./recording.ts";

/** Puts a recording together; its times are since the recorder was made. */
export class Recorder {
  readonly recording: Recording & { readonly lines: TranscriptLine[]; readonly marks: Mark[] };
  readonly #startedMs = performance.now();
  readonly #onLine: ((line: TranscriptLine) => void) | undefined;

  constructor(scenario: string, onLine?: (line: TranscriptLine) => void) {
    this.recording = { scenario, lines: [], marks: [] };
    this.#onLine = onLine;
  }

  line(line: { dir: TranscriptLine["dir"]; line: string } | { dir: TranscriptLine["dir"]; line_base64: string }): void {
    const whole = { at_ms: this.#nowMs(), ...line };
    this.recording.lines.push(whole);
    this.#onLine?.(whole);
  }

  /** A line as text where it is text. */
  bytes(dir: TranscriptLine["dir"], bytes: Uint8Array): void {
    const buffer = Buffer.from(bytes);
    const text = buffer.toString("utf8");
    if (Buffer.from(text, "utf8").equals(buffer)) this.line({ dir, line: text });
    else this.line({ dir, line_base64: buffer.toString("base64") });
  }

  mark(happening: Happening): void {
    this.recording.marks.push({ at_ms: this.#nowMs(), after: this.recording.lines.length, ...happening });
  }

  #nowMs(): number {
    return Math.round((performance.now() - this.#startedMs) * 1000) / 1000;
  }
}

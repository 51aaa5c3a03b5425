import { WIDGET_FRAME_MAX_LINE_BYTES } from "@mimolo/protocol";

/** The last picture an agent drew of its widget: a newer one takes its place, read or not. */
export class FrameSlot {
  #frame: Uint8Array | null = null;
  #wasRead = true;
  #dropped = 0;

  /** Frames that nobody read before the next came, since the start. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Keeps a copy of the frame's line. A larger one than the protocol allows is dropped. */
  put(line: Uint8Array): void {
    if (line.byteLength > WIDGET_FRAME_MAX_LINE_BYTES) {
      this.#dropped += 1;
      return;
    }
    if (!this.#wasRead) this.#dropped += 1;
    this.#frame = Uint8Array.from(line);
    this.#wasRead = false;
  }

  /** The last frame's line; `null` before the first. */
  read(): Uint8Array | null {
    this.#wasRead = true;
    return this.#frame;
  }
}

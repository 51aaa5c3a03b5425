import { WIDGET_FRAME_MAX_LINE_BYTES, WidgetFrame } from "@mimolo/protocol";
import { rebuildWidget } from "./rebuild.ts";

const DAY_MS = 86_400_000;

/** A frame as it was read and rebuilt; `html` is `null` where a `problem` kept it back. */
export interface Picture {
  readonly mode: WidgetFrame["data"]["mode"] | null;
  readonly html: string | null;
  readonly nodes: number;
  readonly ttlMs: number;
  readonly stateToken: string | null;
  readonly problem: { readonly code: string; readonly message: string } | null;
}

/** When a line came: by the wall clock to be told, by the steady one to grow old by. */
export interface Arrival {
  readonly receivedAtMs: number;
  readonly ticksMs: number;
}

/** The last picture an agent drew of its widget: a newer one takes its place, seen or not. Its line is kept as it came, and read
 *  when somebody looks: most are never looked at. */
export class LastFrame {
  #line: Uint8Array | null = null;
  #arrival: Arrival | null = null;
  #picture: Picture | null = null;
  #wasSeen = true;
  #dropped = 0;

  /** Frames that nobody saw before the next came, since the start. */
  get dropped(): number {
    return this.#dropped;
  }

  /** `null` before the first. */
  get arrival(): Arrival | null {
    return this.#arrival;
  }

  /** Keeps a copy of the frame's line; false: it is longer than the protocol allows, and dropped. */
  put(line: Uint8Array, arrival: Arrival): boolean {
    if (line.byteLength > WIDGET_FRAME_MAX_LINE_BYTES) {
      this.#dropped += 1;
      return false;
    }
    if (!this.#wasSeen) this.#dropped += 1;
    this.#line = Uint8Array.from(line);
    this.#arrival = arrival;
    this.#picture = null;
    this.#wasSeen = false;
    return true;
  }

  /** There never was one. */
  forget(): void {
    this.#line = null;
    this.#arrival = null;
    this.#picture = null;
    this.#wasSeen = true;
  }

  /** The last picture, rebuilt; `null` before the first. */
  get picture(): Picture | null {
    if (this.#line === null) return null;
    this.#wasSeen = true;
    this.#picture ??= pictureOf(this.#line);
    return this.#picture;
  }
}

function pictureOf(line: Uint8Array): Picture {
  // A privacy rule may have left of it what is no frame any more.
  const read = WidgetFrame.safeParse(JSON.parse(Buffer.from(line).toString("utf8")));
  if (!read.success) {
    const problem = { code: "invalid-frame", message: "What privacy rules leave of this widget cannot be drawn." };
    return { mode: null, html: null, nodes: 0, ttlMs: 0, stateToken: null, problem };
  }
  const { data } = read.data;
  const about = { mode: data.mode, ttlMs: Math.min(data.ttl_ms, DAY_MS), stateToken: data.state_token ?? null };
  const rebuilt = rebuildWidget(data);
  if (rebuilt.ok) return { ...about, html: rebuilt.html, nodes: rebuilt.nodes, problem: null };
  const { code, message } = rebuilt;
  return { ...about, html: null, nodes: 0, problem: { code, message } };
}

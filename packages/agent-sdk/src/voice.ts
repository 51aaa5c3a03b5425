// How an agent speaks: every message stamped, encoded, within the line's limit, and in its lane.
import { DEFAULT_MAX_LINE_BYTES, encodeLine, type LogLevel, maxLineBytesOf } from "@mimolo/protocol/wire";
import type { Clock } from "./clock.ts";
import { isoTime } from "./iso-time.ts";
import type { Lane, Outbox } from "./outbox.ts";

/** A message before it is stamped. */
export interface Draft {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** Whether a message went out, or is too long for a line (in bytes). */
export type Sent = { readonly ok: true } | { readonly ok: false; readonly lengthBytes: number };

const LANES: Readonly<Record<string, Lane>> = {
  heartbeat: "heartbeat",
  log: "log",
  metric: "log",
  custom: "log",
  event: "news",
  result: "reply",
  request: "reply",
};
const LONGEST_TEXT = 8192;
/** UTF-8 needs at most so many bytes for one unit of a JavaScript string. */
const MOST_BYTES_PER_UNIT = 3;

export class Voice {
  maxLineBytes = DEFAULT_MAX_LINE_BYTES;
  readonly #clock: Clock;
  readonly #outbox: Outbox;

  constructor(clock: Clock, outbox: Outbox) {
    this.#clock = clock;
    this.#outbox = outbox;
  }

  /** Sends `message`, stamped now unless it has a time of its own. Throws what `JSON.stringify` throws. */
  say({ type, ...fields }: Draft): Sent {
    const line = encodeLine({ type, timestamp: isoTime(this.#clock.wallMs()), ...fields });
    const lengthBytes = lengthOver(maxLineBytesOf(type, this.maxLineBytes), line);
    if (lengthBytes !== null) return { ok: false, lengthBytes };
    this.#outbox.put(LANES[type] ?? "report", line);
    return { ok: true };
  }

  /** A failure the agent noticed itself. */
  error(code: string, message: string, more: { severity?: "fatal"; context?: object } = {}): void {
    this.say({ type: "error", severity: "recoverable", code, message: shorten(message), ...more });
  }

  /** A line for the diagnostics log; `extra` is left out where JSON cannot hold it. */
  log(level: LogLevel, message: string, extra?: unknown): void {
    this.#tellDropped("log", "log lines");
    const draft = { type: "log", level, message: shorten(message) };
    try {
      if (extra !== undefined && this.say({ ...draft, extra }).ok) return;
    } catch {
      // A cycle or a bigint.
    }
    this.say(draft);
  }

  /** News for whoever listens; what does not fit a line, or is not read in time, is told and lost. */
  news(draft: Draft): void {
    // Once the collector reads again; while it does not, each would be one more line that waits.
    if (this.#outbox.waiting === 0) this.#tellDropped("news", "events");
    const sent = this.say(draft);
    if (!sent.ok) this.error("line-too-long", `an event of ${sent.lengthBytes} bytes does not fit a line`);
  }

  #tellDropped(lane: "log" | "news", what: string): void {
    const dropped = this.#outbox.takeDropped(lane);
    if (dropped > 0) this.log("warning", `${dropped} ${what} dropped: the collector did not read them`);
  }
}

/** The bytes of a line in one or two parts, its line end left out, if they are more than `mostBytes`; else `null`. */
export function lengthOver(mostBytes: number, line: string, rest = ""): number | null {
  // Most lines are far too short to need their bytes counted.
  if ((line.length + rest.length) * MOST_BYTES_PER_UNIT <= mostBytes) return null;
  const lengthBytes = Buffer.byteLength(line) + Buffer.byteLength(rest) - 1;
  return lengthBytes > mostBytes ? lengthBytes : null;
}

function shorten(text: string): string {
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT)}…`;
}

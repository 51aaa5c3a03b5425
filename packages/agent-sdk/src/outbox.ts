// Lines on their way out. While the collector does not read, each kind keeps within its own bound: heartbeats overwrite one
// another, logs keep the newest, evidence asks its maker to wait (`hasRoom`). A durable spool goes behind the same door.
import type { Channel } from "./channel.ts";

/** `reply`: what somebody waits for, bounded by how many may wait. `news`: events that are no evidence. `report`: everything else. */
export type Lane = "report" | "reply" | "evidence" | "news" | "heartbeat" | "log";

const MOST_REPORTS = 256;
const MOST_LOGS = 100;
const MOST_NEWS = 256;
const MOST_EVIDENCE = 1024;
const MOST_EVIDENCE_BYTES = 262_144;
const WRITE_BYTES = 65_536;

interface Waiting {
  readonly lane: Lane;
  readonly line: string;
}

/** Writes lines in the order they came, many at a time when they wait. */
export class Outbox {
  readonly #channel: Channel;
  readonly #lost: (error: unknown) => void;
  #waiting: Waiting[] = [];
  #evidenceBytes = 0;
  #evidenceLines = 0;
  #writing: Promise<void> | null = null;
  #isClosed = false;
  #dropped = { log: 0, news: 0 };

  /** `lost` is called once, when the collector is gone; lines are then dropped. */
  constructor(channel: Channel, lost: (error: unknown) => void) {
    this.#channel = channel;
    this.#lost = lost;
  }

  /** Lines that wait for the collector to read. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Whether another evidence line may be made; while not, its window goes on and nothing is lost. */
  get hasRoom(): boolean {
    return this.#evidenceLines < MOST_EVIDENCE && this.#evidenceBytes < MOST_EVIDENCE_BYTES;
  }

  /** Lines lost to a lane's bound since this was last asked. */
  takeDropped(lane: "log" | "news"): number {
    const dropped = this.#dropped[lane];
    this.#dropped[lane] = 0;
    return dropped;
  }

  put(lane: Lane, line: string): void {
    if (this.#isClosed) return;
    if (lane === "heartbeat") this.#makeRoom(lane, 1);
    else if (lane === "log" && this.#makeRoom(lane, MOST_LOGS)) this.#dropped.log += 1;
    else if (lane === "news" && this.#makeRoom(lane, MOST_NEWS)) this.#dropped.news += 1;
    else if (lane === "report") this.#makeRoom(lane, MOST_REPORTS);
    else if (lane === "evidence") {
      this.#evidenceBytes += line.length;
      this.#evidenceLines += 1;
    }
    this.#waiting.push({ lane, line });
    this.#writing ??= this.#writeAll();
  }

  /** Settles when nothing waits any more. */
  async drained(): Promise<void> {
    while (this.#writing !== null) await this.#writing;
  }

  /** Drops the oldest line of a lane that is full. */
  #makeRoom(lane: Lane, most: number): boolean {
    if (this.#waiting.length < most) return false;
    let count = 0;
    for (const waiting of this.#waiting) if (waiting.lane === lane) count += 1;
    if (count < most) return false;
    this.#waiting.splice(
      this.#waiting.findIndex((waiting) => waiting.lane === lane),
      1,
    );
    return true;
  }

  async #writeAll(): Promise<void> {
    // What is said in one go is written in one go.
    await Promise.resolve();
    try {
      for (let lines = this.#take(); lines !== ""; lines = this.#take()) await this.#channel.write(lines);
    } catch (error) {
      this.#isClosed = true;
      this.#waiting = [];
      this.#lost(error);
    }
    this.#writing = null;
  }

  #take(): string {
    let lines = "";
    let taken = 0;
    for (const { lane, line } of this.#waiting) {
      if (taken > 0 && lines.length + line.length > WRITE_BYTES) break;
      lines += line;
      taken += 1;
      if (lane === "evidence") {
        this.#evidenceBytes -= line.length;
        this.#evidenceLines -= 1;
      }
    }
    this.#waiting.splice(0, taken);
    return lines;
  }
}

import type { LogLine } from "@mimolo/protocol";
import type { Clock } from "@mimolo/supervisor";
import { Allowance, type AllowanceLimits } from "./allowance.ts";
import { entry } from "./entry.ts";

/** What an agent says for people to read: of too much the newest is kept. */
export const LOG_LIMITS: AllowanceLimits = { lines: 200, linesPerSecond: 50, bytes: 131_072, bytesPerSecond: 32_768 };
/** What is told of an agent (refused lines, errors, statuses, stderr): of too much the first is kept and the rest counted. */
export const CONTROL_LIMITS: AllowanceLimits = { ...LOG_LIMITS };
/** Lines of the first kind that wait for their turn, and their bytes: a hundred agents have a ring each. */
export const LOG_RING_LINES = 64;
export const LOG_RING_BYTES = 65_536;

const LOOK_AGAIN_MS = 1_000;
const TELL_EVERY_MS = 10_000;

/** Types whose lines are of the first kind, the protocol at work among them. */
const LOGS: ReadonlySet<string> = new Set([
  "log",
  "metric",
  "custom",
  "ack",
  "result",
  "metadata",
  "handshake",
  "heartbeat",
]);
/** What we say about an agent ourselves is rare, and never left out. */
const OURS: ReadonlySet<string> = new Set(["agent_state", "collector"]);

export interface AgentLaneOptions {
  readonly clock: Clock;
  /** Ends the lane: nothing waits any more. */
  readonly closed: AbortSignal;
  write(line: LogLine): void;
}

/** One agent's way into the diagnostics: however much it says, it neither fills the disk nor crowds out others. */
export class AgentLane {
  readonly #options: AgentLaneOptions;
  readonly #logs: Allowance;
  readonly #control: Allowance;
  #ring: LogLine[] = [];
  #ringBytes = 0;
  #droppedLogs = 0;
  readonly #leftOut = new Map<string, number>();
  #last: LogLine | null = null;
  #toldMs: number;
  #looking = false;

  constructor(options: AgentLaneOptions) {
    const nowMs = options.clock.ticksMs();
    this.#options = options;
    this.#logs = new Allowance(LOG_LIMITS, nowMs);
    this.#control = new Allowance(CONTROL_LIMITS, nowMs);
    this.#toldMs = nowMs - TELL_EVERY_MS;
  }

  /** Lines of the first kind that newer ones pushed out, since the start. */
  get droppedLogs(): number {
    return this.#droppedLogs;
  }

  take(line: LogLine): void {
    if (OURS.has(line.type)) this.#options.write(line);
    else if (LOGS.has(line.type)) this.#log(line);
    else if (this.#mayWrite(this.#control, line)) this.#options.write(line);
    else this.#leaveOut(line);
  }

  /** Writes what waits, whatever the limits: at the end. */
  drain(): void {
    for (const line of this.#ring.splice(0)) this.#options.write(line);
    this.#ringBytes = 0;
    this.#tell();
  }

  #log(line: LogLine): void {
    if (this.#ring.length === 0 && this.#mayWrite(this.#logs, line)) {
      this.#options.write(line);
      return;
    }
    this.#ring.push(line);
    this.#ringBytes += sizeOf(line);
    while (this.#ring.length > LOG_RING_LINES || this.#ringBytes > LOG_RING_BYTES) {
      this.#forgetOldest();
      this.#droppedLogs += 1;
    }
    this.#lookAgain();
  }

  #leaveOut(line: LogLine): void {
    this.#leftOut.set(line.type, (this.#leftOut.get(line.type) ?? 0) + 1);
    this.#last = line;
    this.#lookAgain();
  }

  #mayWrite(allowance: Allowance, line: LogLine): boolean {
    return allowance.take(sizeOf(line), this.#options.clock.ticksMs());
  }

  #lookAgain(): void {
    if (this.#looking) return;
    this.#looking = true;
    this.#options.clock.after(LOOK_AGAIN_MS, () => this.#look(), this.#options.closed);
  }

  #look(): void {
    this.#looking = false;
    for (let next = this.#ring[0]; next !== undefined && this.#mayWrite(this.#logs, next); next = this.#ring[0]) {
      this.#options.write(next);
      this.#forgetOldest();
    }
    if (this.#options.clock.ticksMs() - this.#toldMs >= TELL_EVERY_MS) this.#tell();
    if (this.#ring.length > 0 || this.#leftOut.size > 0) this.#lookAgain();
  }

  #forgetOldest(): void {
    const oldest = this.#ring.shift();
    if (oldest !== undefined) this.#ringBytes -= sizeOf(oldest);
  }

  #tell(): void {
    if (this.#last === null || this.#leftOut.size === 0) return;
    const { label, instance_id, run_id } = this.#last;
    const counts = [...this.#leftOut].map(([type, count]) => `${count} ${type}`).join(", ");
    const total = [...this.#leftOut.values()].reduce((sum, count) => sum + count, 0);
    const message = `${total} more lines were left out here: ${counts}`;
    this.#leftOut.clear();
    this.#toldMs = this.#options.clock.ticksMs();
    const what = { type: "collector", level: "warning", code: "lines-left-out", message } as const;
    this.#options.write(entry({ label, instance_id, run_id }, this.#options.clock.wallMs(), what));
  }
}

const sizeOf = (line: LogLine) => Buffer.byteLength(line.message);

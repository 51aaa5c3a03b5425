// What we say to an agent, and a bounded queue in front of a pipe that may be deaf.
import { encodeCommand, type WireCommand } from "@mimolo/protocol/wire";
import { Alarm } from "./alarm.ts";
import type { Clock } from "./clock.ts";
import { RareMap } from "./rarely-filled.ts";

/** A command as our side thinks of it: `params` once, or its own fields beside `cmd` and `id`. */
export interface OutgoingCommand {
  readonly cmd: string;
  readonly id?: string;
  readonly params?: object;
  readonly sequence?: readonly string[];
  readonly [field: string]: unknown;
}

/** The command's line. Fields beside `cmd`, `id` and `params` are moved into `params`; where the wire repeats them is the
 *  protocol's matter. `repeatAsArgs` is for agents that speak 0.3 or sent no handshake. */
export function commandLine(command: OutgoingCommand, repeatAsArgs: boolean): string {
  const { cmd, id, params, ...fields } = command;
  const whole = { cmd, ...(id === undefined ? {} : { id }), params: { ...fields, ...params } };
  return encodeCommand(whole as unknown as WireCommand, { repeatAsArgs });
}

const MAX_COMMANDS = 32;
const MAX_BYTES = 65_536;
/** A second one of these that is still waiting says nothing new. */
const COALESCED = new Set(["flush", "status"]);

/** What a queue needs. `write` returns false when the pipe wants a pause; call `drained` when it is over. */
export interface CommandQueueOptions {
  readonly clock: Clock;
  /** How long a command may wait for the pipe. */
  readonly patienceMs: number;
  write(text: string): boolean;
  /** A command was given up: it waited too long. */
  expired(cmd: string): void;
}

interface WaitingCommand {
  readonly cmd: string;
  readonly text: string;
  readonly bytes: number;
  readonly dueMs: number;
}

/** Commands that wait for a pipe. Holds at most 32 or 64 KiB beyond what the pipe took, so a deaf agent costs no more, and 32
 *  of which only the newest counts. */
export class CommandQueue {
  readonly #options: CommandQueueOptions;
  #alarm: Alarm | null = null;
  #waiting: WaitingCommand[] = [];
  /** What is said anew when the pipe is free, in the words of then. */
  readonly #latest = new RareMap<string, () => string>();
  #queuedBytes = 0;
  #blocked = false;

  constructor(options: CommandQueueOptions) {
    this.#options = options;
  }

  get queuedBytes(): number {
    return this.#queuedBytes;
  }

  /** Whether a command goes out at once. */
  get hasRoom(): boolean {
    return !this.#blocked;
  }

  /** False: the queue is full and the command was dropped. */
  push(cmd: string, text: string): boolean {
    if (!this.#blocked) {
      this.#blocked = !this.#options.write(text);
      return true;
    }
    if (COALESCED.has(cmd) && this.#waiting.some((entry) => entry.cmd === cmd)) return true;
    const bytes = Buffer.byteLength(text);
    if (this.#waiting.length >= MAX_COMMANDS || this.#queuedBytes + bytes > MAX_BYTES) return false;
    const { clock, patienceMs } = this.#options;
    this.#waiting.push({ cmd, text, bytes, dueMs: clock.ticksMs() + patienceMs });
    this.#queuedBytes += bytes;
    this.#alarm ??= new Alarm(clock);
    if (!this.#alarm.isSet) this.#alarm.set(patienceMs, () => this.#giveUpTheOldest());
    return true;
  }

  /** A command of which only the newest counts: `text` is called when the pipe takes it, once however often it was asked for,
   *  and it waits for as long as it must. False: 32 such are waiting. */
  pushLatest(key: string, text: () => string): boolean {
    if (!this.#blocked) {
      this.#blocked = !this.#options.write(text());
      return true;
    }
    if (this.#latest.size >= MAX_COMMANDS && !this.#latest.has(key)) return false;
    this.#latest.set(key, text);
    return true;
  }

  /** Forgets what waits: the last words to an agent go before everything else. */
  clear(): void {
    this.#waiting = [];
    this.#latest.clear();
    this.#queuedBytes = 0;
    this.#alarm?.end();
  }

  drained(): void {
    this.#blocked = false;
    for (let next = this.#shift(); next !== undefined; next = this.#shift()) {
      this.#blocked = !this.#options.write(next.text);
      if (this.#blocked) return;
    }
    for (const [key, text] of this.#latest) {
      this.#latest.delete(key);
      this.#blocked = !this.#options.write(text());
      if (this.#blocked) return;
    }
  }

  #shift(): WaitingCommand | undefined {
    const next = this.#waiting.shift();
    if (next !== undefined) this.#queuedBytes -= next.bytes;
    if (this.#waiting.length === 0) this.#alarm?.end();
    return next;
  }

  // They wait in time order, so one alarm for the oldest does for all.
  #giveUpTheOldest(): void {
    const nowMs = this.#options.clock.ticksMs();
    for (let [oldest] = this.#waiting; oldest !== undefined; [oldest] = this.#waiting) {
      const leftMs = oldest.dueMs - nowMs;
      if (leftMs > 1) return this.#alarm?.set(leftMs, () => this.#giveUpTheOldest());
      this.#shift();
      this.#options.expired(oldest.cmd);
    }
  }
}

// What we say to an agent, and a bounded queue in front of a pipe that may be deaf.
import { encodeCommand, type WireCommand } from "@mimolo/protocol/wire";

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

/** Commands that wait for a pipe. Holds at most 32 or 64 KiB beyond what the pipe took, so a deaf agent costs no more. */
export class CommandQueue {
  readonly #write: (text: string) => boolean;
  #waiting: { readonly cmd: string; readonly text: string; readonly bytes: number }[] = [];
  #queuedBytes = 0;
  #blocked = false;

  /** `write` returns false when the pipe wants a pause; call `drained` when it is over. */
  constructor(write: (text: string) => boolean) {
    this.#write = write;
  }

  get queuedBytes(): number {
    return this.#queuedBytes;
  }

  /** False: the queue is full and the command was dropped. */
  push(cmd: string, text: string): boolean {
    if (!this.#blocked) {
      this.#blocked = !this.#write(text);
      return true;
    }
    if (COALESCED.has(cmd) && this.#waiting.some((entry) => entry.cmd === cmd)) return true;
    const bytes = Buffer.byteLength(text);
    if (this.#waiting.length >= MAX_COMMANDS || this.#queuedBytes + bytes > MAX_BYTES) return false;
    this.#waiting.push({ cmd, text, bytes });
    this.#queuedBytes += bytes;
    return true;
  }

  /** Forgets what waits: the last words to an agent go before everything else. */
  clear(): void {
    this.#waiting = [];
    this.#queuedBytes = 0;
  }

  drained(): void {
    this.#blocked = false;
    while (!this.#blocked) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#queuedBytes -= next.bytes;
      this.#blocked = !this.#write(next.text);
    }
  }
}

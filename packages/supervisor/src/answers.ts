import type { OutgoingCommand } from "./commands.ts";
import { RareMap } from "./rarely-filled.ts";

/** What each command is answered with, beside an `ack`. */
const ANSWERS: Readonly<Record<string, readonly string[]>> = {
  flush: ["summary"],
  shutdown: ["summary"],
  status: ["status"],
  throttle: ["status"],
  widget_render: ["widget_frame"],
  widget_action: ["summary", "widget_frame"],
  invoke: ["result"],
};
/** What an agent never answered is not owed for ever. */
const MOST_DUE = 256;

/** Knows which messages of one run answer our own commands: those must not count against the agent's rate. As many as were
 *  asked for, so that a flood of acknowledgements nobody wanted is a flood. */
export class AnswersDue {
  readonly #due = new RareMap<string, number>();

  asked(command: OutgoingCommand): void {
    for (const step of [command.cmd, ...(command.sequence ?? [])]) {
      this.#owe("ack");
      for (const type of ANSWERS[step] ?? []) this.#owe(type);
    }
  }

  /** True once per answer that is due. */
  settle(type: string): boolean {
    const due = this.#due.get(type);
    if (due === undefined || due === 0) return false;
    this.#due.set(type, due - 1);
    return true;
  }

  #owe(type: string): void {
    this.#due.set(type, Math.min(MOST_DUE, (this.#due.get(type) ?? 0) + 1));
  }
}

// What is awaited of an agent, and for how long.
import { Lookout } from "../../process/lookout.ts";
import type { Waiting } from "../progress.ts";
import type { Recorder } from "../recorder.ts";
import { patience } from "./patience.ts";

/** Nobody who answers at all takes longer, but for an overloaded machine: see `patience`. */
export const PATIENCE_MS = 10_000;
/** Once something did not come, what follows is not waited for as long. */
const IMPATIENCE_MS = 3000;
/** What another life has not answered in all its time is hardly waited for, however busy the machine is: its verdict stands. */
export const HOPELESS_MS = 500;
/** Who has left so many different acks out leaves out the others. */
const MOST_ACKS_IN_VAIN = 2;
const ACK_OF = "the ack of ";

export interface WaitsOptions {
  /** Answers that were awaited in vain in lives of the same agent; goes on growing. */
  readonly inVain: Set<string>;
  readonly recorder: Recorder;
  /** Whether the agent has ended: then nothing comes any more. */
  readonly isOver: () => boolean;
  /** Told at the beginning of each wait; null: at its end. */
  readonly onWait: (waiting: Waiting | null) => void;
}

export class Waits {
  readonly #options: WaitsOptions;
  readonly #lookout = new Lookout();
  #isImpatient = false;

  constructor(options: WaitsOptions) {
    this.#options = options;
  }

  /** Something has changed: whoever waits looks again. */
  changed(): void {
    this.#lookout.changed();
  }

  /** The first value that `look` finds, now or in time; undefined, and a mark, when nothing did. */
  async seen<Value>(what: string, look: () => Value | undefined, withinMs?: number): Promise<Value | undefined> {
    return await this.#seen(what, look, this.#patience(withinMs));
  }

  /** The same for the answer to a command; what was awaited in vain before is hardly awaited. */
  async answered<Value>(answer: string, cmd: string, look: () => Value | undefined): Promise<Value | undefined> {
    const what = `the ${answer} of ${cmd}`;
    const found = await this.#seen(what, look, this.#isHopeless(what) ? HOPELESS_MS : this.#patience());
    if (found === undefined && !this.#options.isOver()) this.#options.inVain.add(what);
    return found;
  }

  /** Whether `look` finds something, now or in time; no mark when not. */
  async quietly(look: () => true | undefined, withinMs: number): Promise<boolean> {
    return await this.#until(look, patience(withinMs)).catch(() => false);
  }

  /** Whether acks of that command are not to be expected any more. */
  leavesOut(cmd: string): boolean {
    return this.#isHopeless(`${ACK_OF}${cmd}`);
  }

  #patience(withinMs = this.#isImpatient ? IMPATIENCE_MS : PATIENCE_MS): number {
    return patience(withinMs);
  }

  #isHopeless(what: string): boolean {
    const { inVain } = this.#options;
    if (inVain.has(what)) return true;
    const acks = [...inVain].filter((each) => each.startsWith(ACK_OF));
    return what.startsWith(ACK_OF) && acks.length >= MOST_ACKS_IN_VAIN;
  }

  async #seen<Value>(what: string, look: () => Value | undefined, within: number): Promise<Value | undefined> {
    const { onWait } = this.#options;
    try {
      onWait({ for: what, up_to_ms: within });
      return await this.#until(look, within);
    } catch {
      this.#isImpatient = true;
      this.#options.recorder.mark({ what: "not-seen", waited_for: what, within_ms: within });
      return undefined;
    } finally {
      onWait(null);
    }
  }

  #until<Value>(look: () => Value | undefined, withinMs: number): Promise<Value> {
    return this.#lookout.until(look, withinMs, {
      lost: () => (this.#options.isOver() ? "it has ended" : null),
      late: () => "late",
    });
  }
}

// Keeps a screen open and looks at it: at the agent's pace, and whenever the screen says that something changed.
import type { Clock } from "@mimolo/agent-sdk";
import { openScreen, type ScreenFound } from "../x11/screen.ts";
import type { WindowDurations } from "./durations.ts";
import { Focus } from "./focus.ts";

/** A title that counts seconds is not worth a look each time. */
const REST_MS = 200;

export class WindowWatcher {
  readonly #durations: WindowDurations;
  readonly #clock: Clock;
  readonly #titles: () => boolean;
  readonly #open: () => Promise<ScreenFound>;
  readonly #closed = new AbortController();
  #found: Extract<ScreenFound, { ok: true }> | null = null;
  #focus: Focus | null = null;
  #turn: Promise<void> = Promise.resolve();
  #isResting = false;
  #isDue = false;
  #isOn = false;
  #trouble: string | null = null;

  constructor(options: {
    readonly durations: WindowDurations;
    readonly clock: Clock;
    readonly environment: Readonly<Record<string, string | undefined>>;
    readonly titles: () => boolean;
  }) {
    this.#durations = options.durations;
    this.#clock = options.clock;
    this.#titles = options.titles;
    this.#open = () => openScreen(options.environment, { clock: options.clock });
  }

  /** Why nothing is seen; `null` while something is. */
  get trouble(): string | null {
    return this.#trouble;
  }

  /** Looks now, after a look that is under way. */
  look(): Promise<void> {
    this.#isOn = true;
    this.#turn = this.#turn.then(() => (this.#isOn ? this.#look() : undefined));
    return this.#turn;
  }

  /** Looks no more until it is told to again; what was in front up to now counts. */
  pause(): void {
    this.#isOn = false;
    this.#durations.lose(this.#clock.ticksMs());
  }

  close(): void {
    this.pause();
    this.#closed.abort();
    this.#found?.screen.client.close();
  }

  async #look(): Promise<void> {
    try {
      if (this.#found?.screen.client.isOpen !== true) await this.#begin();
      if (this.#focus === null) return;
      const seen = await this.#focus.look({ titles: this.#titles() });
      if (this.#isOn) this.#durations.see(seen, this.#clock.ticksMs());
      this.#trouble = null;
    } catch (error) {
      this.#lose(error instanceof Error ? error.message : String(error));
    }
  }

  async #begin(): Promise<void> {
    const found = await this.#open();
    if (!found.ok) return this.#lose(found.why);
    this.#found = found;
    this.#focus = new Focus(found.screen, () => this.#lookSoon());
  }

  #lookSoon(): void {
    if (!this.#isOn) return;
    this.#isDue = this.#isResting;
    if (this.#isResting) return;
    this.#isResting = true;
    void this.look();
    const rested = () => {
      this.#isResting = false;
      if (this.#isDue) this.#lookSoon();
    };
    this.#clock.after(REST_MS, rested, this.#closed.signal);
  }

  #lose(why: string): void {
    this.#found?.screen.client.close();
    this.#found = null;
    this.#focus = null;
    this.#trouble = why;
    this.#durations.lose(this.#clock.ticksMs());
  }
}

// How long which window was in front: sums between looks, without a screen.
import type { SeenWindow } from "./focus.ts";

/** One window, or all with the same title, over a window of time. Seconds to the millisecond. */
export interface WindowTime {
  readonly class: string | null;
  readonly title?: string;
  readonly duration_s: number;
}

/** What a summary says of them. */
export interface Durations {
  /** How long there was a screen to look at. */
  readonly observed_s: number;
  /** The longest first. */
  readonly windows: readonly WindowTime[];
  /** Of those that came after the 50 longest; absent when there were none. */
  readonly others_s?: number;
  /** How long no window was in front. */
  readonly none_s: number;
  /** How often another window came to the front. */
  readonly switches: number;
}

const MOST_WINDOWS = 50;
/** A window with a counter in its title would otherwise be a thousand. */
const MOST_KEPT = 1_000;

export class WindowDurations {
  readonly #timeMs = new Map<string, { readonly window: SeenWindow; ms: number }>();
  #othersMs = 0;
  #noneMs = 0;
  #switches = 0;
  /** What is in front since when; `null` while nobody can tell. */
  #now: { window: SeenWindow | null; sinceMs: number } | null = null;

  /** `window` is in front from `atMs` on, which counts as a clock that never jumps. */
  see(window: SeenWindow | null, atMs: number): void {
    this.#close(atMs);
    if (this.#now !== null && keyOf(this.#now.window) !== keyOf(window) && window !== null) this.#switches += 1;
    this.#now = { window, sinceMs: atMs };
  }

  /** From `atMs` on nobody can tell. */
  lose(atMs: number): void {
    this.#close(atMs);
    this.#now = null;
  }

  /** Everything up to `atMs`; sums begin anew. */
  take(atMs: number): Durations {
    this.#close(atMs);
    const all = [...this.#timeMs.values()].filter(({ ms }) => ms > 0).toSorted((a, b) => b.ms - a.ms);
    const shown = all.slice(0, MOST_WINDOWS);
    const othersMs = all.slice(MOST_WINDOWS).reduce((sum, { ms }) => sum + ms, this.#othersMs);
    const observedMs = shown.reduce((sum, { ms }) => sum + ms, othersMs + this.#noneMs);
    const taken: Durations = {
      observed_s: seconds(observedMs),
      windows: shown.map(({ window, ms }) => ({
        class: window.class,
        ...(window.title === null ? {} : { title: window.title }),
        duration_s: seconds(ms),
      })),
      ...(othersMs > 0 ? { others_s: seconds(othersMs) } : {}),
      none_s: seconds(this.#noneMs),
      switches: this.#switches,
    };
    this.#timeMs.clear();
    this.#othersMs = 0;
    this.#noneMs = 0;
    this.#switches = 0;
    return taken;
  }

  #close(atMs: number): void {
    if (this.#now === null) return;
    const { window, sinceMs } = this.#now;
    const ms = Math.max(0, atMs - sinceMs);
    this.#now.sinceMs = atMs;
    if (window === null) this.#noneMs += ms;
    else this.#add(window, ms);
  }

  #add(window: SeenWindow, ms: number): void {
    const key = keyOf(window);
    const known = this.#timeMs.get(key);
    if (known !== undefined) known.ms += ms;
    else if (this.#timeMs.size < MOST_KEPT) this.#timeMs.set(key, { window, ms });
    else this.#othersMs += ms;
  }
}

function keyOf(window: SeenWindow | null): string {
  return JSON.stringify(window === null ? null : [window.class, window.title]);
}

function seconds(ms: number): number {
  return Math.round(ms) / 1_000;
}

import {
  lengthOf,
  type Limits,
  onTheWay,
  type Stretch,
  zoomed,
  panned,
  between,
} from "../../timeline-parts/stretch.ts";

const JOURNEY_MS = 240;
const SETTLED_MS = 180;

/** The stretch that is looked at; reactive. Whoever asks for less motion is there at once. */
export class Looking {
  #stretch = $state.raw<Stretch>({ fromMs: 0, toMs: 1 });
  #settled = $state.raw<Stretch>({ fromMs: 0, toMs: 1 });
  #frame = 0;
  #timer = 0;
  readonly #limits: () => Limits;

  constructor(stretch: Stretch, limits: () => Limits) {
    this.#stretch = stretch;
    this.#settled = stretch;
    this.#limits = limits;
  }

  get stretch(): Stretch {
    return this.#stretch;
  }

  /** The same once nothing moves any more: for what takes longer to show than a frame. */
  get settled(): Stretch {
    return this.#settled;
  }

  /** At once, as a hand moves it. */
  set(stretch: Stretch): void {
    cancelAnimationFrame(this.#frame);
    this.#show(between(stretch.fromMs, stretch.toMs, this.#limits()));
  }

  zoom(factor: number, aroundMs: number): void {
    cancelAnimationFrame(this.#frame);
    this.#show(zoomed(this.#stretch, factor, aroundMs, this.#limits()));
  }

  pan(byMs: number): void {
    cancelAnimationFrame(this.#frame);
    this.#show(panned(this.#stretch, byMs, this.#limits()));
  }

  /** On a short journey that shows where one goes. */
  go(stretch: Stretch): void {
    cancelAnimationFrame(this.#frame);
    const from = this.#stretch;
    const to = between(stretch.fromMs, stretch.toMs, this.#limits());
    if (matchMedia("(prefers-reduced-motion: reduce)").matches || lengthOf(to) > 40 * lengthOf(from)) {
      this.#show(to);
      return;
    }
    const beginMs = performance.now();
    const move = (nowMs: number) => {
      const share = Math.min(1, Math.max(0, (nowMs - beginMs) / JOURNEY_MS));
      this.#show(share === 1 ? to : onTheWay(from, to, 1 - (1 - share) ** 3));
      if (share < 1) this.#frame = requestAnimationFrame(move);
    };
    this.#frame = requestAnimationFrame(move);
  }

  #show(stretch: Stretch): void {
    this.#stretch = stretch;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => (this.#settled = this.#stretch), SETTLED_MS);
  }
}

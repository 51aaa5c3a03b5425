/** The time, once a second while somebody looks; reactive. */
class Now {
  #ms = $state(Date.now());

  constructor() {
    setInterval(() => {
      if (document.visibilityState === "visible") this.#ms = Date.now();
    }, 1_000);
    document.addEventListener("visibilitychange", () => (this.#ms = Date.now()));
  }

  get ms(): number {
    return this.#ms;
  }
}

export const now = new Now();

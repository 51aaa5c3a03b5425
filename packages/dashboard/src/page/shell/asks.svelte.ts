/** A question in a dialog, before something is done that cannot be taken back. */
export interface Ask {
  readonly title: string;
  readonly text: string;
  /** What the button says that does it: a verb. */
  readonly action: string;
  readonly danger?: boolean;
  /** A text that has to be given, such as a name or a reason. */
  readonly input?: {
    readonly label: string;
    readonly help?: string;
    readonly pattern?: string;
    readonly value?: string;
  };
}

/** Asks one thing after another; reactive. */
export class Asks {
  #asked = $state.raw<(Ask & { readonly answer: (given: string | null) => void }) | null>(null);
  #last: Promise<unknown> = Promise.resolve();

  get asked() {
    return this.#asked;
  }

  /** `true` once the reader says yes. */
  async confirm(ask: Omit<Ask, "input">): Promise<boolean> {
    return (await this.prompt(ask)) !== null;
  }

  /** What was given; `null` where the reader would rather not. */
  prompt(ask: Ask): Promise<string | null> {
    const answered = this.#last.then(
      () =>
        new Promise<string | null>((resolve) => {
          const answer = (given: string | null) => {
            this.#asked = null;
            resolve(given);
          };
          this.#asked = { ...ask, answer };
        }),
    );
    this.#last = answered;
    return answered;
  }
}

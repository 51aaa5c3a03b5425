import { ApiProblem } from "../../api/index.ts";

/** Something that is read from the collector, and again whenever it may have changed; reactive. What was read before stays until
 *  the next answer, and an answer that was overtaken counts for nothing. */
export class Reading<Value> {
  readonly #ask: () => Promise<Value>;
  #value = $state.raw<Value | null>(null);
  #problem = $state.raw<ApiProblem | null>(null);
  #isUnderWay = false;
  #isDue = false;

  constructor(ask: () => Promise<Value>) {
    this.#ask = ask;
  }

  get value(): Value | null {
    return this.#value;
  }

  /** Why the newest try came to nothing. */
  get problem(): ApiProblem | null {
    return this.#problem;
  }

  /** Reads it; asked again meanwhile, it is read once more afterwards. */
  async read(): Promise<void> {
    this.#isDue = true;
    if (this.#isUnderWay) return;
    this.#isUnderWay = true;
    try {
      while (this.#isDue) {
        this.#isDue = false;
        await this.#readOnce();
      }
    } finally {
      this.#isUnderWay = false;
    }
  }

  async #readOnce(): Promise<void> {
    try {
      const value = await this.#ask();
      if (this.#isDue) return;
      this.#value = value;
      this.#problem = null;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.#problem = error;
    }
  }
}

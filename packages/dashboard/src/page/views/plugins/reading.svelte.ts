import { ApiProblem } from "../../api/index.ts";

/** Something that is read from the collector, and again whenever it may have changed; reactive. What was read before stays until
 *  the next answer, and an answer that was overtaken counts for nothing. */
export class Reading<Value> {
  readonly #ask: () => Promise<Value>;
  #value = $state.raw<Value | null>(null);
  #problem = $state.raw<ApiProblem | null>(null);
  #underWay: Promise<void> | null = null;
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

  /** Reads it; asked again meanwhile, it is read once more afterwards. Resolves once nothing newer is to be had. */
  read(): Promise<void> {
    this.#isDue = true;
    this.#underWay ??= this.#readAll().finally(() => (this.#underWay = null));
    return this.#underWay;
  }

  /** Reads it now; to be returned from an effect, so that nothing is read for a view that is gone. */
  follow(): () => void {
    void this.read();
    return () => (this.#isDue = false);
  }

  async #readAll(): Promise<void> {
    while (this.#isDue) {
      this.#isDue = false;
      await this.#readOnce();
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

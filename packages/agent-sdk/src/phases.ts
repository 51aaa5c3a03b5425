// loaded → ready → active ⇄ ready → loaded, with the author's hooks on the way. `stop` and `start` of older collectors and
// `lifecycle` of newer ones walk the same steps, so a step already done is not done again.

/** What an author may do at each step; times out after 5 s. */
export interface Hooks {
  readonly initialize?: (() => unknown) | undefined;
  readonly activate?: (() => unknown) | undefined;
  readonly suspend?: (() => unknown) | undefined;
  readonly unload?: (() => unknown) | undefined;
}

export class Phases {
  readonly #hooks: Hooks;
  readonly #sampler: { start(): void; stop(): void };
  readonly #run: (name: keyof Hooks, hook: () => unknown) => Promise<void>;
  #state: "loaded" | "ready" | "active" = "loaded";

  /** `run` calls a hook and settles after it; what it rejects with stops the step. */
  constructor(options: {
    hooks: Hooks;
    sampler: { start(): void; stop(): void };
    run: (name: keyof Hooks, hook: () => unknown) => Promise<void>;
  }) {
    this.#hooks = options.hooks;
    this.#sampler = options.sampler;
    this.#run = options.run;
  }

  get isActive(): boolean {
    return this.#state === "active";
  }

  async initialize(): Promise<void> {
    if (this.#state !== "loaded") return;
    await this.#hook("initialize");
    this.#state = "ready";
  }

  /** Sampling on. */
  async activate(): Promise<void> {
    await this.initialize();
    if (this.#state === "active") return;
    await this.#hook("activate");
    this.#state = "active";
    this.#sampler.start();
  }

  /** Sampling off. */
  async suspend(): Promise<void> {
    if (this.#state !== "active") return;
    this.#state = "ready";
    this.#sampler.stop();
    await this.#hook("suspend");
  }

  async unload(): Promise<void> {
    await this.suspend();
    if (this.#state !== "ready") return;
    this.#state = "loaded";
    await this.#hook("unload");
  }

  async #hook(name: keyof Hooks): Promise<void> {
    const hook = this.#hooks[name];
    if (hook !== undefined) await this.#run(name, hook);
  }
}

// What led to what: the cause that came with a call or a delivery goes out again with whatever is asked or published because of
// it, so that a collector can cut circles. An agent that is never called never loads what this needs.
import type { AsyncLocalStorage } from "node:async_hooks";

export class Causes {
  #storage: AsyncLocalStorage<string | null> | null = null;

  /** The cause of what runs now; `null`: it began by itself. */
  get current(): string | null {
    return this.#storage?.getStore() ?? null;
  }

  /** Runs `work`, and whatever it sets going, as led to by `cause`. */
  within<Result>(cause: unknown, work: () => Result): Result {
    if (typeof cause !== "string" && this.#storage === null) return work();
    this.#storage ??= new (process.getBuiltinModule("node:async_hooks").AsyncLocalStorage)();
    return this.#storage.run(typeof cause === "string" ? cause : null, work);
  }
}

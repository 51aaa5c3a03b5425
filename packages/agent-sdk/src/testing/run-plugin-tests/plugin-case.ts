// A case is a sentence and what proves it; it fails by throwing.

export interface PluginCase {
  /** What holds when it is ok. */
  readonly name: string;
  run(): Promise<void>;
}

/** Thrown by a case that cannot be tried here, or has nothing to try; the message says what it wants. */
export class NotHere extends Error {
  override readonly name = "NotHere";
}

export function pluginCase(name: string, run: () => Promise<void>): PluginCase {
  return { name, run };
}

/** Fails the case unless it holds. */
export function must(holds: unknown, why: string | (() => string)): asserts holds {
  if (holds === false || holds === null || holds === undefined || holds === 0 || holds === "")
    throw new Error(typeof why === "string" ? why : why());
}

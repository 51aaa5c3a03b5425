import { type ResolveContext, type ResolvedExecutable, resolveExecutable } from "./executable.ts";

const KNOWN_FOR_MS = 1_000;
const MOST = 1_000;

/** Remembers for a second where an executable was found: agents that start together mostly run the same program. What was
 *  not found is looked for again each time. */
export class KnownExecutables {
  readonly #nowMs: () => number;
  readonly #found = new Map<string, { readonly resolved: ResolvedExecutable; readonly untilMs: number }>();

  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
  }

  resolve(command: string, context: ResolveContext): ResolvedExecutable {
    const nowMs = this.#nowMs();
    const key = `${command}\0${context.cwd}\0${context.env["PATH"] ?? context.env["Path"] ?? ""}`;
    const known = this.#found.get(key);
    if (known !== undefined && known.untilMs > nowMs) return known.resolved;
    const resolved = resolveExecutable(command, context);
    if (this.#found.size >= MOST) this.#found.clear();
    if (resolved.ok) this.#found.set(key, { resolved, untilMs: nowMs + KNOWN_FOR_MS });
    else this.#found.delete(key);
    return resolved;
  }
}

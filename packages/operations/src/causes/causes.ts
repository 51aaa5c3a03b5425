// What led to what: so that plugins that answer each other are cut.
import { randomBytes } from "node:crypto";
import type { Clock } from "@mimolo/supervisor";
import { type Cause, MOST_HOPS } from "./cause.ts";
import { Trail } from "./trail.ts";

/** Whom something reaches, or who passes it on. */
export interface CausedAgent {
  readonly label: string;
  readonly pluginId: string;
}

export interface CausesOptions {
  readonly clock: Pick<Clock, "ticksMs">;
  /** Something was not passed on any more; `chain` ends with the plugin that asked for it. */
  cut(chain: readonly string[]): void;
}

/** What a plugin had done to an agent shows in what that agent becomes and says for so long: it may have to start first. */
const MOVED_MS = 30_000;

/** The causes of a collector. */
export class Causes {
  readonly #options: CausesOptions;
  readonly #prefix = randomBytes(6).toString("base64url");
  readonly #trails = new Map<string, Trail>();
  readonly #moves = new Map<string, { readonly cause: Cause; readonly atMs: number }>();
  #last = 0;

  constructor(options: CausesOptions) {
    this.#options = options;
  }

  /** A cause that nothing led to; `by` is the id of the plugin it comes from, if it comes from one. */
  begin(by?: string): Cause {
    return { id: this.#id(), hops: 0, chain: by === undefined ? [] : [by] };
  }

  /** What `agent` asks for or publishes; `said` is the `cause` on its line. `loop`: it went through too many hands. */
  next(agent: CausedAgent, said: unknown): Cause | "loop" {
    const trail = this.#trails.get(agent.label);
    const known = said === null ? undefined : (trail?.named(said) ?? trail?.likely(this.#options.clock.ticksMs()));
    // What had it start anew, its process cannot know.
    const led = known ?? this.behind(agent.label);
    if (led === undefined) return this.begin(agent.pluginId);
    if (led.hops < MOST_HOPS) return { id: this.#id(), hops: led.hops + 1, chain: led.chain };
    this.#options.cut(led.chain);
    return "loop";
  }

  /** What goes out to `to` now: it may name that from now on. `isCall`: it is at work on it until `answered`. */
  deliver(cause: Cause, to: CausedAgent, isCall = false): Cause {
    const delivered = { id: this.#id(), hops: cause.hops, chain: [...cause.chain, to.pluginId] };
    let trail = this.#trails.get(to.label);
    if (trail === undefined) this.#trails.set(to.label, (trail = new Trail()));
    trail.add(delivered, this.#options.clock.ticksMs(), isCall);
    return delivered;
  }

  /** A plugin had something done to `to`, such as starting anew: what comes of it there comes from this. */
  moved({ hops, chain }: Cause, to: CausedAgent): void {
    const cause = { id: this.#id(), hops, chain: [...chain, to.pluginId] };
    this.#moves.set(to.label, { cause, atMs: this.#options.clock.ticksMs() });
  }

  /** What a plugin had done to this agent a short while ago. */
  behind(label: string): Cause | undefined {
    const move = this.#moves.get(label);
    if (move === undefined || this.#options.clock.ticksMs() - move.atMs <= MOVED_MS) return move?.cause;
    this.#moves.delete(label);
    return undefined;
  }

  /** A call is over: what its agent says without a cause comes from it for a moment more. */
  answered(id: string, label: string): void {
    this.#trails.get(label)?.close(id, this.#options.clock.ticksMs());
  }

  /** Its process is gone. */
  ended(label: string): void {
    this.#trails.delete(label);
  }

  #id(): string {
    this.#last += 1;
    return `${this.#prefix}-${this.#last.toString(36)}`;
  }
}

import { randomBytes } from "node:crypto";
import type { Clock } from "@mimolo/supervisor";
import { CollectorError } from "../../error.ts";
import type { Detail } from "../details.ts";
import type { RowState } from "../index/columns.ts";

export const PLAN_LIFE_MS = 10 * 60 * 1000;
/** Plans that wait for consent; the oldest goes for a new one. */
const MOST_PLANS = 16;

/** An artifact as a plan shows it. */
export interface PlannedDetail extends Detail {
  readonly shownAs: RowState;
}

/** What a purge is to take away, as it was shown. */
export interface Planned {
  readonly details: readonly PlannedDetail[];
  readonly reason: string | null;
}

interface Waiting extends Planned {
  readonly endsAtMs: number;
}

/** Purges that were planned and wait for consent. Nothing is purged but what such a plan has shown. */
export class PurgePlans {
  readonly #clock: Pick<Clock, "ticksMs" | "wallMs">;
  readonly #waiting = new Map<string, Waiting>();

  constructor(clock: Pick<Clock, "ticksMs" | "wallMs">) {
    this.#clock = clock;
  }

  add(planned: Planned): { readonly plan_id: string; readonly expires_at: string } {
    for (const id of this.#waiting.keys()) {
      if (this.#waiting.size < MOST_PLANS) break;
      this.#waiting.delete(id);
    }
    const id = randomBytes(16).toString("base64url");
    this.#waiting.set(id, { ...planned, endsAtMs: this.#clock.ticksMs() + PLAN_LIFE_MS });
    return { plan_id: id, expires_at: new Date(this.#clock.wallMs() + PLAN_LIFE_MS).toISOString() };
  }

  /** A plan that can be executed still. Throws `CollectorError` `unknown-plan`. */
  get(id: string): Planned {
    const planned = this.#waiting.get(id);
    if (planned !== undefined && planned.endsAtMs > this.#clock.ticksMs()) return planned;
    this.#waiting.delete(id);
    const hint = "plan the purge again: a plan is good for ten minutes and one execution";
    throw new CollectorError("unknown-plan", "there is no such plan, or not any more", hint);
  }

  /** It is being executed, or has been. */
  spend(id: string): void {
    this.#waiting.delete(id);
  }
}

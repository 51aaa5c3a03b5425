import type { Clock } from "@mimolo/supervisor";
import { Refusal } from "./refusal.ts";

const CAPACITY = 10;
const REFILL_MS = 6_000;

/** How often somebody may be wrong about a token or a code on one listener: ten times, and once more every six seconds. It
 *  slows nobody down who is right. */
export class FailureBucket {
  readonly #clock: Pick<Clock, "ticksMs">;
  readonly #failed: () => void;
  #left = CAPACITY;
  #filledAtMs: number;

  /** `failed` hears of every failure. */
  constructor(clock: Pick<Clock, "ticksMs">, failed: () => void = () => undefined) {
    this.#clock = clock;
    this.#failed = failed;
    this.#filledAtMs = clock.ticksMs();
  }

  /** Notes a failure; `false` when there were too many. */
  note(): boolean {
    this.#failed();
    const nowMs = this.#clock.ticksMs();
    const gained = Math.floor((nowMs - this.#filledAtMs) / REFILL_MS);
    if (gained > 0) {
      this.#left = Math.min(CAPACITY, this.#left + gained);
      this.#filledAtMs += gained * REFILL_MS;
    }
    if (this.#left === 0) return false;
    this.#left -= 1;
    return true;
  }

  /** Notes a failure; throws `too-many-requests` when there were too many. */
  count(): void {
    if (this.note()) return;
    const seconds = String(Math.ceil(REFILL_MS / 1000));
    throw new Refusal({
      code: "too-many-requests",
      detail: "too many tokens and codes were wrong of late",
      hint: `wait ${seconds} seconds; the right token passes meanwhile`,
      reason: "failed-logins",
      headers: { "retry-after": seconds },
    });
  }
}

import { emptied, insertSorted, lowerBound } from "./intervals.ts";
import type { Observation } from "./observation.ts";
import { compareSources } from "./spans.ts";

/** The summaries of each instance in order of event time: one without an interval reaches back to the one before it. */
export class Summaries {
  readonly #byInstance = new Map<string, Observation[]>();
  readonly #lastCondensed: (before: Observation) => number | null;
  /** Of those that tell no interval the time of the one before, which may be condensed by now. */
  readonly #remembered = new Map<Observation, number>();

  constructor(lastCondensed: (before: Observation) => number | null) {
    this.#lastCondensed = lastCondensed;
  }

  /** True when times are remembered whose summaries may be gone. */
  get rememberMore(): boolean {
    return this.#remembered.size > 0;
  }

  add(summary: Observation): void {
    const known = this.#byInstance.get(summary.instanceId);
    if (known === undefined) this.#byInstance.set(summary.instanceId, [summary]);
    else insertSorted(known, summary, compareTimes);
  }

  remove(summary: Observation): void {
    this.#of(summary).splice(placeOf(this.#of(summary), summary), 1);
  }

  /** The time of the summary to which one without an interval reaches back; `null`: there is none, or it does not ask. */
  beforeMs(observation: Observation): number | null {
    if (observation.coversMs !== null) return null;
    const kept = this.#before(observation)?.atMs ?? -1;
    const atMs = Math.max(kept, this.#lastCondensed(observation) ?? -1, this.#remembered.get(observation) ?? -1);
    return atMs === -1 ? null : atMs;
  }

  /** Notes to what those reach back that stay when `going` go. */
  remember(observations: readonly Observation[], going: ReadonlyMap<Observation, unknown>): void {
    for (const observation of observations) {
      if (observation.coversMs !== null || going.has(observation)) continue;
      const beforeMs = this.beforeMs(observation);
      if (beforeMs !== null) this.#remembered.set(observation, beforeMs);
    }
  }

  /** Takes out all that are `gone`. */
  removeAll(gone: ReadonlyMap<Observation, unknown>): void {
    for (const observation of gone.keys()) this.#remembered.delete(observation);
    for (const [instanceId, summaries] of this.#byInstance) {
      const rest = summaries.filter((one) => !gone.has(one));
      if (rest.length === summaries.length) continue;
      this.#byInstance.set(instanceId, rest);
      emptied(summaries);
    }
  }

  after(summary: Observation): Observation | undefined {
    const summaries = this.#of(summary);
    return summaries.at(-1) === summary ? undefined : summaries[placeOf(summaries, summary) + 1];
  }

  #before(observation: Observation): Observation | undefined {
    const summaries = this.#of(observation);
    if (summaries.at(-1) === observation) return summaries.at(-2);
    return summaries[placeOf(summaries, observation) - 1];
  }

  #of({ instanceId }: Observation): Observation[] {
    return this.#byInstance.get(instanceId) ?? [];
  }
}

/** By event time, then as records of one time are ordered. */
export function compareTimes(a: Observation, b: Observation): number {
  return a.atMs - b.atMs || compareSources(a, b);
}

function placeOf(summaries: readonly Observation[], observation: Observation): number {
  return lowerBound(summaries, (other) => compareTimes(other, observation) < 0);
}

import { emptied, insertSorted, lowerBound } from "./intervals.ts";
import type { Observation } from "./observation.ts";
import { compareSources } from "./spans.ts";

/** The summaries of each instance in order of event time: one without an interval reaches back to the one before it. */
export class Summaries {
  readonly #byInstance = new Map<string, Observation[]>();

  add(summary: Observation): void {
    const known = this.#byInstance.get(summary.instanceId);
    if (known === undefined) this.#byInstance.set(summary.instanceId, [summary]);
    else insertSorted(known, summary, compareTimes);
  }

  remove(summary: Observation): void {
    this.#of(summary).splice(placeOf(this.#of(summary), summary), 1);
  }

  /** Takes out all that are `gone`. */
  removeAll(gone: ReadonlyMap<Observation, unknown>): void {
    for (const [instanceId, summaries] of this.#byInstance) {
      const rest = summaries.filter((one) => !gone.has(one));
      if (rest.length === summaries.length) continue;
      this.#byInstance.set(instanceId, rest);
      emptied(summaries);
    }
  }

  before(observation: Observation): Observation | undefined {
    const summaries = this.#of(observation);
    return summaries[placeOf(summaries, observation) - 1];
  }

  after(summary: Observation): Observation | undefined {
    const summaries = this.#of(summary);
    return summaries.at(-1) === summary ? undefined : summaries[placeOf(summaries, summary) + 1];
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

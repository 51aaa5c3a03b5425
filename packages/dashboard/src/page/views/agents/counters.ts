import type { AgentStatus } from "@mimolo/protocol";

/** One counter as a line: what it counts, by which kinds. */
export interface CounterLine {
  readonly title: string;
  readonly total: number;
  /** The most frequent first. */
  readonly kinds: readonly { readonly name: string; readonly count: number }[];
}

/** What was let go, refused or had to start anew; each with its kinds. */
export function troubleOf({ refused, dropped, restarts }: AgentStatus["counters"]): CounterLine[] {
  return [lineOf("Refused lines", refused), lineOf("Messages let go", dropped), lineOf("Restarts", restarts)];
}

function lineOf(title: string, tally: Readonly<Record<string, number>>): CounterLine {
  const kinds = Object.entries(tally)
    .map(([name, count]) => ({ name, count }))
    .filter(({ count }) => count > 0)
    .toSorted((one, other) => other.count - one.count);
  return { title, total: kinds.reduce((sum, { count }) => sum + count, 0), kinds };
}

/** How many of them there are altogether. */
export function troubles(counters: AgentStatus["counters"]): number {
  const [refused, dropped] = troubleOf(counters);
  return (refused?.total ?? 0) + (dropped?.total ?? 0);
}

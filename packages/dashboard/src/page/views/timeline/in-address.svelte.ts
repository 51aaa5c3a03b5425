import { untrack } from "svelte";
import type { Stretch } from "../../timeline-parts/stretch.ts";
import type { Looking } from "./looking.svelte.ts";

type Query = Readonly<Record<string, string | undefined>>;

/** The stretch an address asks for. */
export function stretchIn({ from = "", to = "" }: Query): Stretch | null {
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)];
  return fromMs < toMs ? { fromMs, toMs } : null;
}

/** What is looked at stands in the address once it rests, and an address that comes from elsewhere is looked at. Called while a
 *  component is made. */
export function keepInAddress(looking: Looking, query: () => Query, refine: (query: Query) => void): void {
  /** What was written into the address from here. */
  let written = "";
  // A link into the timeline, or back.
  $effect(() => {
    const { from, to } = query();
    const wanted = stretchIn(query());
    if (wanted !== null && `${from} ${to}` !== written) untrack(() => looking.set(wanted));
  });
  $effect(() => {
    const { fromMs, toMs } = looking.settled;
    const [from, to] = [fromMs, toMs].map((ms) => new Date(Math.round(ms / 1_000) * 1_000).toISOString());
    written = `${from} ${to}`;
    untrack(() => {
      const now = query();
      if (now["from"] !== from || now["to"] !== to) refine({ from, to });
    });
  });
}

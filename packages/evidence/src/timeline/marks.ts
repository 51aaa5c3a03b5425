import type { Interval } from "./intervals.ts";
import { Ranges } from "./ranges.ts";
import type { Span } from "./spans.ts";

/** When which label was there without any effect on segments: what is left of witnesses once their records are condensed.
 *  A hundred thousand of them are as many milliseconds at most, and those that stand side by side are one range. */
export class Marks {
  readonly #labels = new Map<string, { readonly moments: Ranges; readonly stretches: Ranges }>();

  add(span: Span): void {
    const { label } = span.source;
    // Times are whole milliseconds: between two neighbours lies nothing that only one of them would meet.
    const marks = this.#labels.get(label) ?? { moments: new Ranges(1), stretches: new Ranges(0) };
    this.#labels.set(label, marks);
    (span.startMs === span.endMs ? marks.moments : marks.stretches).add(span.startMs, span.endMs);
  }

  /** Labels with a mark that meets the interval, but for those `known`. */
  *labelsIn(within: Interval, known: (label: string) => boolean): Iterable<string> {
    const { startMs, endMs } = within;
    for (const [label, { moments, stretches }] of this.#labels) {
      if (known(label)) continue;
      const isMoment = startMs === endMs;
      const told = isMoment ? stretches.touches(startMs, endMs) : stretches.shares(startMs, endMs);
      if (told || moments.touches(startMs, endMs)) yield label;
    }
  }
}

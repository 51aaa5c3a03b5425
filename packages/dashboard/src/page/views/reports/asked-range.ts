// What a report is asked for, as it stands in the page's address.
import { isCalendarDay } from "@mimolo/protocol/wire";
import { addDays, type DayRange, PARTS, type Part, rangeOf, type Span, SPANS, usualPart } from "./span.ts";

const MOST_BACK = 200;
const OWN_DAYS = 30;

export interface Asked {
  readonly span: Span;
  /** So many spans before this one. */
  readonly back: number;
  /** May end before it begins where the reader says it by hand. */
  readonly range: DayRange;
  readonly part: Part;
}

/** What makes no sense is as if it did not stand there. */
export function askedOf(query: Readonly<Record<string, string>>, today: string): Asked {
  const span = SPANS.find((each) => each === query["span"]) ?? "month";
  const back = Math.max(0, Math.min(MOST_BACK, Math.floor(Number(query["back"] ?? 0)) || 0));
  const day = (name: string, usual: string) => (isCalendarDay(query[name] ?? "") ? (query[name] ?? "") : usual);
  const range =
    span === "own"
      ? { from: day("from", addDays(today, 1 - OWN_DAYS)), to: day("to", addDays(today, 1)) }
      : rangeOf(span, today, back);
  return { span, back, range, part: PARTS.find((each) => each === query["by"]) ?? usualPart(range) };
}

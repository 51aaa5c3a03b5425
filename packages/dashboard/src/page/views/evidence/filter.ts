// What the list of evidence is asked for, and how that stands in the page's address.
import type { RecordKind } from "@mimolo/protocol";
import { isCalendarDay } from "@mimolo/protocol/wire";
import { KINDS } from "./row.ts";
import type { Slice } from "./slices.ts";

/** `from` and `to` are local days, `YYYY-MM-DD`, both in it; absent: today. */
export interface EvidenceFilter {
  readonly from?: string;
  readonly to?: string;
  readonly agent?: string;
  readonly kind?: RecordKind;
  /** Words that are looked for in what is shown. */
  readonly text?: string;
}

export function filterOf(query: Readonly<Record<string, string>>): EvidenceFilter {
  const day = (value = "") => (isCalendarDay(value) ? value : undefined);
  const word = (value = "") => (value === "" ? undefined : value.slice(0, 128));
  const kind = KINDS.find((each) => each === query["kind"]);
  const { from, to, agent, text } = query;
  const parts = { from: day(from), to: day(to), agent: word(agent), kind, text: word(text) };
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
}

/** The same as the address has it; what says nothing is undefined. */
export function queryOf({ from, to, agent, kind, text }: EvidenceFilter): Readonly<Record<string, string | undefined>> {
  const said = (value: string | undefined) => (value === "" ? undefined : value);
  return { from: said(from), to: said(to), agent: said(agent), kind, text: said(text) };
}

/** The same time, whatever else was asked for. */
export function onlyTime({ from, to }: EvidenceFilter): EvidenceFilter {
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

/** The stretch of time it is about. Days begin at midnight, as this reader's clock has it. */
export function rangeOf({ from, to }: EvidenceFilter, nowMs: number): Slice {
  const first = from ?? (to === undefined ? localDay(nowMs) : to);
  const last = to ?? (from === undefined ? first : localDay(nowMs));
  const [begin, end] = [dayStart(first), dayStart(last)];
  return begin <= end ? { fromMs: begin, toMs: dayAfter(last) } : { fromMs: end, toMs: dayAfter(first) };
}

/** Days from `day`, negative for before. */
export function dayFrom(day: string, days: number): string {
  const date = new Date(dayStart(day));
  date.setDate(date.getDate() + days);
  return localDay(date.getTime());
}

export function localDay(atMs: number): string {
  const date = new Date(atMs);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${String(date.getFullYear()).padStart(4, "0")}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function dayStart(day: string): number {
  return new Date(`${day}T00:00:00`).getTime();
}

function dayAfter(day: string): number {
  return dayStart(dayFrom(day, 1));
}

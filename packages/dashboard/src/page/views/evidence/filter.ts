// What the list of evidence is asked for, and how that stands in the page's address.
import type { RecordKind } from "@mimolo/protocol";
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

const DAY = /^\d{4}-\d\d-\d\d$/;

export function filterOf(query: URLSearchParams): EvidenceFilter {
  const day = (name: string) => {
    const value = query.get(name) ?? "";
    return DAY.test(value) && !Number.isNaN(dayStart(value)) ? value : undefined;
  };
  const kind = KINDS.find((each) => each === query.get("kind"));
  const parts = { from: day("from"), to: day("to"), agent: word(query, "agent"), kind, text: word(query, "text") };
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
}

/** `agent=work&kind=gap`, in an order of its own; empty for the filter that nobody touched. */
export function queryOf({ from, to, agent, kind, text }: EvidenceFilter): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ from, to, agent, kind, text })) {
    if (value !== undefined && value !== "") query.set(name, value);
  }
  return query.toString();
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

function word(query: URLSearchParams, name: string): string | undefined {
  const value = query.get(name);
  return value === null || value === "" ? undefined : value.slice(0, 128);
}

import type { Entry, RareEntry, SegmentEntry } from "./entry.ts";
import type { Block, Format } from "./format.ts";
import type { LocalDays } from "./local-day.ts";

const END = /^<!-- mimolo (segment|infrequent) (\S+) -->\n\n$/m;

/** A heading and a list per entry, for people; a comment at its end says which it is. */
export const md: Format = {
  extension: "md",
  render(entry, days) {
    const [heading, items] = entry.type === "segment" ? segmentOf(entry, days) : rareOf(entry, days);
    const list = items.map((item) => `- ${item}\n`).join("");
    return `## ${heading}\n\n${list}\n<!-- mimolo ${entry.type} ${entry.id} -->\n\n`;
  },
  split: (text) => (text.match(/[^]*?^<!-- mimolo (?:segment|infrequent) \S+ -->\n\n/gm) ?? []).map(blockOf),
};

function blockOf(text: string): Block {
  const [, type, id = null] = END.exec(text) ?? [];
  return { id, type: type as Entry["type"], text };
}

function segmentOf(segment: SegmentEntry, days: LocalDays): [string, string[]] {
  const [startMs, endMs] = [Date.parse(segment.start), Date.parse(segment.end)];
  const heading = `${days.dateOf(startMs)} ${days.timeOf(startMs)}–${days.timeOf(endMs)} (${durationOf(segment.duration_s)})`;
  const aggregated = Object.entries(segment.aggregated).flatMap(([label, headers]) =>
    Object.entries(headers).map(([header, value]) => `${plain(label)}, ${plain(header)}: ${valueOf(value)}`),
  );
  const gaps = segment.gaps.map(
    ({ from, to, reason }) =>
      `not seen: ${days.timeOf(Date.parse(from))}–${days.timeOf(Date.parse(to))} (${plain(reason)})`,
  );
  return [
    heading,
    [
      ...(segment.labels.length === 0 ? [] : [`seen by: ${listOf(segment.labels)}`]),
      ...(segment.reasons.length === 0 ? [] : [`why: ${listOf(segment.reasons)}`]),
      ...aggregated,
      ...gaps,
      ...(segment.confidence === "observed" ? [] : ["reconstructed, not observed"]),
    ],
  ];
}

function rareOf({ at, label, event, data }: RareEntry, days: LocalDays): [string, string[]] {
  const atMs = Date.parse(at);
  const heading = `${days.dateOf(atMs)} ${days.timeOf(atMs)} ${plain(label)}: ${plain(event)}`;
  return [heading, data === undefined ? [] : [valueOf(data)]];
}

function durationOf(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return `${Math.round(seconds)} s`;
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? `${minutes} min` : `${hours} h ${minutes % 60} min`;
}

function listOf(texts: readonly string[]): string {
  return texts.map(plain).join(", ");
}

function valueOf(value: unknown): string {
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return listOf(value);
  return plain(typeof value === "string" ? value : JSON.stringify(value));
}

// What an agent wrote is text, never markup, and stays on its line.
function plain(text: string): string {
  return text.replace(/\s+/gu, " ").replace(/[\\`*[\]<>#|&]/g, (character) => `\\${character}`);
}

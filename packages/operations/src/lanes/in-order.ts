import type { Note } from "./note.ts";
import type { NoteTable } from "./note-table.ts";

/** The notes of several tables in order of `seq`, as they are when this is called; one that stands in two of them comes once. */
export function inOrder(tables: readonly NoteTable[]): Generator<Note> {
  return merged(tables.map((table) => ({ table, at: 0, end: table.length })));
}

interface Reading {
  readonly table: NoteTable;
  at: number;
  /** What comes later is not of this reading. */
  readonly end: number;
}

function* merged(readings: readonly Reading[]): Generator<Note> {
  let lastSeq = Number.NEGATIVE_INFINITY;
  for (let next = lowest(readings); next !== null; next = lowest(readings)) {
    const { reading, until } = next;
    const { table, end } = reading;
    // Days mostly follow each other: a run of one is taken without looking at the others.
    for (; reading.at < end && table.seqAt(reading.at) <= until; reading.at++) {
      const seq = table.seqAt(reading.at);
      if (seq > lastSeq) yield table.at(reading.at);
      lastSeq = Math.max(lastSeq, seq);
    }
  }
}

/** The reading whose next note is the oldest, and the `seq` up to which it stays that; `null`: all are over. */
function lowest(readings: readonly Reading[]): { readonly reading: Reading; readonly until: number } | null {
  let [found, least, until]: [Reading | null, number, number] = [
    null,
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
  ];
  for (const reading of readings) {
    if (reading.at >= reading.end) continue;
    const seq = reading.table.seqAt(reading.at);
    if (seq < least) [found, until, least] = [reading, least, seq];
    else until = Math.min(until, seq);
  }
  return found === null ? null : { reading: found, until };
}

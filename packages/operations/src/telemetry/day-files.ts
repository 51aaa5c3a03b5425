// A file for each UTC day under `state/telemetry`, a cell a line.
import { constants } from "node:fs";
import { open, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { TimeWindow } from "../reading/window.ts";
import { type PlacedCell, readCellLine, touches } from "./cell-line.ts";

/** A pipe put in the place of a file does not hold us up. */
const READ_ONLY = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
/** Far more than a day of many plugins takes; nothing behind it is read. */
const MOST_BYTES = 268_435_456;
/** Longer is none of ours. */
const LONGEST_LINE_BYTES = 262_144;
const CHUNK_BYTES = 262_144;
const NEW_LINE = 10;

const NAME = /^(\d{4}-\d\d-\d\d)\.jsonl$/;

export function dayOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}

export function dayFile(folder: string, day: string): string {
  return join(folder, `${day}.jsonl`);
}

/** The days there are files of, oldest first. */
export async function daysIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [] as string[]);
  return names.flatMap((name) => NAME.exec(name)?.[1] ?? []).toSorted();
}

/** The lines of one day; none when there is no file of it. Whatever lies there, so much is read and no more. */
export async function* linesOfDay(folder: string, day: string): AsyncGenerator<string> {
  const file = await open(dayFile(folder, day), READ_ONLY).catch(() => null);
  if (file === null) return;
  try {
    if (!(await file.stat()).isFile()) return;
    const chunk = Buffer.alloc(CHUNK_BYTES);
    let rest = Buffer.alloc(0);
    let isTooLong = false;
    for (let at = 0; at < MOST_BYTES; ) {
      const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES, at);
      if (bytesRead === 0) break;
      at += bytesRead;
      const bytes = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
      let from = 0;
      for (let end = bytes.indexOf(NEW_LINE); end >= 0; end = bytes.indexOf(NEW_LINE, from)) {
        if (!isTooLong) yield bytes.toString("utf8", from, end);
        isTooLong = false;
        from = end + 1;
      }
      rest = bytes.subarray(from);
      if (rest.length <= LONGEST_LINE_BYTES) continue;
      rest = Buffer.alloc(0);
      isTooLong = true;
    }
    if (rest.length > 0 && !isTooLong) yield rest.toString("utf8");
  } finally {
    await file.close();
  }
}

/** The cells of one day; what is torn is passed over. */
export async function* cellsOfDay(folder: string, day: string): AsyncGenerator<PlacedCell> {
  for await (const line of linesOfDay(folder, day)) {
    const placed = readCellLine(line);
    if (placed !== null) yield placed;
  }
}

/** The cells that touch the window, oldest day first. */
export async function* cellsWithin(folder: string, window: TimeWindow): AsyncGenerator<PlacedCell> {
  const days = await daysIn(folder);
  const first = window.fromMs === undefined ? "" : dayOf(window.fromMs);
  const last = window.toMs === undefined ? "9" : dayOf(window.toMs);
  for (const day of days) {
    // After the clock was set back, what is new still goes to the newest file.
    if (day < first || (day > last && day !== days.at(-1))) continue;
    for await (const placed of cellsOfDay(folder, day)) if (touches(placed, window)) yield placed;
  }
}

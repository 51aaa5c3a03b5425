// A file for each UTC day under `state/telemetry`, a cell a line.
import { open, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { TimeWindow } from "../reading/window.ts";
import { type PlacedCell, readCellLine, touches } from "./cell-line.ts";

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

/** The lines of one day; none when there is no file of it. */
export async function* linesOfDay(folder: string, day: string): AsyncGenerator<string> {
  const file = await open(dayFile(folder, day)).catch(() => null);
  if (file === null) return;
  try {
    yield* file.readLines();
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

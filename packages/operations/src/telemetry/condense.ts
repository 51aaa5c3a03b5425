import { rm, rename, writeFile } from "node:fs/promises";
import { Cell } from "./cell.ts";
import { cellLine, type PlacedCell } from "./cell-line.ts";
import { cellsOfDay, dayFile, daysIn, dayOf } from "./day-files.ts";

/** Every time zone is a whole number of quarters away from UTC: hours and days of each can still be told apart. */
const QUARTER_MS = 900_000;
const DAY_MS = 86_400_000;
const KEPT_DAYS = 35;

/** Rewrites a day that is over by quarters of an hour, and removes days older than 35: `state/telemetry` stays small. */
export async function tidyUp(folder: string, nowMs: number): Promise<void> {
  const oldest = dayOf(nowMs - KEPT_DAYS * DAY_MS);
  const yesterday = dayOf(nowMs - DAY_MS);
  for (const day of await daysIn(folder)) {
    if (day < oldest) await rm(dayFile(folder, day), { force: true });
    // Yesterday stays by the minute: people look at what has just been.
    else if (day < yesterday) await condense(folder, day);
  }
}

async function condense(folder: string, day: string): Promise<void> {
  const quarters = new Map<string, PlacedCell>();
  for await (const placed of cellsOfDay(folder, day)) {
    if (quarters.size === 0 && placed.spanMs === QUARTER_MS) return;
    const atMs = placed.atMs - (placed.atMs % QUARTER_MS);
    const key = `${atMs} ${placed.pluginId}`;
    const quarter = quarters.get(key) ?? { pluginId: placed.pluginId, atMs, spanMs: QUARTER_MS, cell: new Cell() };
    quarter.cell.add(placed.cell);
    quarters.set(key, quarter);
  }
  const text = [...quarters.values()].map((quarter) => `${cellLine(quarter)}\n`).join("");
  const temporary = `${dayFile(folder, day)}.${process.pid}.tmp`;
  await writeFile(temporary, text, { mode: 0o600 });
  await rename(temporary, dayFile(folder, day));
}

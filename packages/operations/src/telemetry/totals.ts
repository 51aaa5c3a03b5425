import { join } from "node:path";
import { writeJsonFile } from "../owner-file.ts";
import { readPlainFile } from "../plain-file.ts";
import { Cell } from "./cell.ts";
import { cellOf, fields } from "./cell-line.ts";
import { cellsOfDay, daysIn } from "./day-files.ts";

/** Of many thousand plugins. */
const MOST_TOTALS_BYTES = 16_777_216;

/** What each plugin did and used up to a day, that day included. */
interface Totals {
  /** `YYYY-MM-DD`, UTC; before any day: empty. */
  readonly through: string;
  readonly plugins: Map<string, Cell>;
}

/** Everything ever kept: the sums of the days gone by, and the days since, one after the other. */
export async function everything(folder: string): Promise<Map<string, Cell>> {
  const { through, plugins } = readTotals(folder);
  for (const day of await daysIn(folder)) if (day > through) await addDay(plugins, folder, day);
  return plugins;
}

/** Takes the days before `today` into the sums, once each: how far they reach is written in the same breath. */
export async function sumUpBefore(folder: string, today: string): Promise<Totals> {
  const totals = readTotals(folder);
  const days = (await daysIn(folder)).filter((day) => day > totals.through && day < today);
  const through = days.at(-1);
  if (through === undefined) return totals;
  for (const day of days) await addDay(totals.plugins, folder, day);
  const plugins = [...totals.plugins].map(([id, cell]) => [id, fields(cell)]);
  writeJsonFile(fileIn(folder), { through, plugins: Object.fromEntries(plugins) });
  return { through, plugins: totals.plugins };
}

function readTotals(folder: string): Totals {
  const value = written(fileIn(folder));
  const plugins = new Map<string, Cell>();
  if (!isObject(value) || typeof value["through"] !== "string" || !isObject(value["plugins"]))
    return { through: "", plugins };
  for (const [id, kept] of Object.entries(value["plugins"])) {
    const cell = isObject(kept) ? cellOf(kept) : null;
    if (cell !== null) plugins.set(id, cell);
  }
  return { through: value["through"], plugins };
}

/** `null` of what is missing, damaged or no file of ours. */
function written(file: string): unknown {
  try {
    const bytes = readPlainFile(file, MOST_TOTALS_BYTES);
    return bytes === null ? null : JSON.parse(bytes.toString("utf8"));
  } catch {
    return null;
  }
}

/** The cell of a plugin, a new one if it had none. */
export function cellFor(cells: Map<string, Cell>, pluginId: string): Cell {
  const found = cells.get(pluginId);
  if (found !== undefined) return found;
  const cell = new Cell();
  cells.set(pluginId, cell);
  return cell;
}

async function addDay(cells: Map<string, Cell>, folder: string, day: string): Promise<void> {
  for await (const { pluginId, cell } of cellsOfDay(folder, day)) cellFor(cells, pluginId).add(cell);
}

const fileIn = (folder: string) => join(folder, "totals.json");

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

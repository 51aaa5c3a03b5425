import type { Colour } from "./colour.ts";

/** Time between two instants, milliseconds since the epoch. */
export interface Stretch {
  readonly startMs: number;
  readonly endMs: number;
}

/** One local day and what is known of it. */
export interface RibbonDay extends Stretch {
  readonly observed: readonly Stretch[];
  /** Worked out afterwards from other sources, never shown as observed. */
  readonly reconstructed: readonly Stretch[];
  readonly gaps: readonly Stretch[];
  /** Nothing is drawn after this. */
  readonly nowMs: number;
}

type Kind = "future" | "idle" | "reconstructed" | "gap" | "observed";

interface Cell {
  readonly kind: Kind;
  readonly glyph: string;
}

const FUTURE: Cell = { kind: "future", glyph: " " };
const IDLE: Cell = { kind: "idle", glyph: "·" };
const RECONSTRUCTED: Cell = { kind: "reconstructed", glyph: "▒" };
const GAP: Cell = { kind: "gap", glyph: "╱" };
/** Eighths of a cell. */
const LEVELS: readonly string[] = Array.from("▁▂▃▄▅▆▇█");

/** The day as `width` cells: the higher a cell, the more of its time was observed work. */
export function ribbon(day: RibbonDay, width: number, colour: Colour): string {
  let out = "";
  let run = "";
  let runKind: Kind = "idle";
  for (const { kind, glyph } of cellsOf(day, width)) {
    if (kind !== runKind) {
      out += dress(run, runKind, colour);
      run = "";
    }
    run += glyph;
    runKind = kind;
  }
  return out + dress(run, runKind, colour);
}

/** The hours under the ribbons: `00    06    12    18`. A day of 23 or 25 hours keeps its hours in place. */
export function hourScale(day: Stretch, width: number): string {
  const stepHours = width >= 96 ? 2 : width >= 48 ? 3 : 6;
  const start = new Date(day.startMs);
  const line = Array.from({ length: width }, () => " ");
  for (let hour = 0; hour < 24; hour += stepHours) {
    const atMs = new Date(start.getFullYear(), start.getMonth(), start.getDate(), hour).getTime();
    const column = Math.floor(((atMs - day.startMs) / (day.endMs - day.startMs)) * width);
    const label = String(hour).padStart(2, "0");
    if (column >= 0 && column + 2 <= width) line.splice(column, 2, label.charAt(0), label.charAt(1));
  }
  return line.join("").trimEnd();
}

/** What the signs mean. */
export function ribbonLegend(colour: Colour): string {
  const sign = ({ glyph, kind }: Cell) => dress(glyph, kind, colour);
  const observed = dress("▁▄█", "observed", colour);
  return `${observed} observed work   ${sign(RECONSTRUCTED)} reconstructed, not observed   ${sign(GAP)} gap`;
}

function cellsOf(day: RibbonDay, width: number): Cell[] {
  const cellMs = (day.endMs - day.startMs) / width;
  return Array.from({ length: width }, (_, index) => {
    const cell = { startMs: day.startMs + index * cellMs, endMs: day.startMs + (index + 1) * cellMs };
    if (cell.startMs >= day.nowMs) return FUTURE;
    if (overlapMs(cell, day.gaps) > cellMs / 2) return GAP;
    const observedMs = overlapMs(cell, day.observed);
    if (observedMs > 0) return observedCell(observedMs / cellMs);
    return overlapMs(cell, day.reconstructed) > 0 ? RECONSTRUCTED : IDLE;
  });
}

function observedCell(share: number): Cell {
  const level = Math.min(LEVELS.length, Math.max(1, Math.ceil(share * LEVELS.length)));
  return { kind: "observed", glyph: LEVELS[level - 1] ?? "" };
}

function overlapMs(cell: Stretch, stretches: readonly Stretch[]): number {
  let sum = 0;
  for (const { startMs, endMs } of stretches) {
    // An instant is still something that was seen: it counts as one millisecond.
    const end = Math.max(endMs, startMs + 1);
    sum += Math.max(0, Math.min(cell.endMs, end) - Math.max(cell.startMs, startMs));
  }
  return sum;
}

function dress(text: string, kind: Kind, colour: Colour): string {
  if (text === "" || kind === "future") return text;
  if (kind === "observed") return colour("green", text);
  if (kind === "reconstructed") return colour("blue", text);
  return kind === "gap" ? colour("yellow", text) : colour("dim", text);
}

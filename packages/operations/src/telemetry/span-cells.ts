import { Cell } from "./cell.ts";
import type { PlacedCell } from "./cell-line.ts";

/** The cells of the span of time that is now, one for each plugin something happened to, and those that are over. */
export class SpanCells {
  readonly #spanMs: number;
  readonly #cells = new Map<string, Cell>();
  #atMs = 0;
  #over: PlacedCell[] = [];

  constructor(spanMs: number) {
    this.#spanMs = spanMs;
  }

  /** Where what happens to a plugin at this time is counted. */
  at(pluginId: string, atMs: number): Cell {
    this.#reach(atMs);
    const found = this.#cells.get(pluginId);
    if (found !== undefined) return found;
    const cell = new Cell();
    this.#cells.set(pluginId, cell);
    return cell;
  }

  /** Those that nothing can be added to any more, once each. */
  takeOver(nowMs: number): PlacedCell[] {
    this.#reach(nowMs);
    return this.#over.splice(0);
  }

  /** All of them, whether over or not, once each: nothing will be counted any more. */
  takeAll(): PlacedCell[] {
    this.#close();
    return this.#over.splice(0);
  }

  /** All of them as they stand; they go on. */
  get all(): PlacedCell[] {
    return [...this.#over, ...this.#open];
  }

  /** To another span: also back, when the clock was set. */
  #reach(atMs: number): void {
    const begunMs = atMs - (atMs % this.#spanMs);
    if (begunMs === this.#atMs) return;
    this.#close();
    this.#atMs = begunMs;
  }

  #close(): void {
    this.#over.push(...this.#open);
    this.#cells.clear();
  }

  get #open(): PlacedCell[] {
    const placed = [...this.#cells].map(([pluginId, cell]) => ({
      pluginId,
      atMs: this.#atMs,
      spanMs: this.#spanMs,
      cell,
    }));
    return placed.filter(({ cell }) => !cell.isEmpty);
  }
}

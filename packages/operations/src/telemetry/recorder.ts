import type { AgentHealth, Clock, GroupUsage } from "@mimolo/supervisor";
import type { Opened } from "../opened.ts";
import type { TimeWindow } from "../reading/window.ts";
import { Cell } from "./cell.ts";
import { cellLine, type PlacedCell } from "./cell-line.ts";
import { tidyUp } from "./condense.ts";
import { cellsWithin, dayOf } from "./day-files.ts";
import { DayWriter } from "./day-writer.ts";
import { beginLine, endLine, wasCut } from "./endings.ts";
import { SpanCells } from "./span-cells.ts";
import { cellFor, everything, sumUpBefore } from "./totals.ts";
import { type MeteredAgent, UsageBook } from "./usage.ts";

const CALLS_EVERY_MS = 60_000;
/** Of what does nothing but run there is a line for each of these. */
const USAGE_EVERY_MS = 300_000;
const DAY_MS = 86_400_000;

export interface RecorderOptions {
  readonly folder: string;
  readonly clock: Clock;
  say: Opened["say"];
}

/** Calls of one plugin ever since, what was counted before this collector started included. */
export interface CountedCalls {
  readonly pluginId: string;
  readonly executions: number;
  readonly failures: number;
  readonly sumUs: number;
}

/** Counts what plugins do, writes it down every minute, and knows what was written before. */
export class Recorder {
  readonly #options: RecorderOptions;
  readonly #writer: DayWriter;
  readonly #calls = new SpanCells(CALLS_EVERY_MS);
  readonly #usages = new SpanCells(USAGE_EVERY_MS);
  readonly #usage: UsageBook;
  readonly #closing = new AbortController();
  /** What is counted no more: as it is on the disk, or about to be. */
  #past = new Map<string, Cell>();
  /** One after the other: reading the files, and writing them. */
  #turn: Promise<unknown> = Promise.resolve();
  readonly #loaded: Promise<void>;
  #through = "";
  #today = "";
  #trouble: string | null = null;

  constructor(options: RecorderOptions) {
    const { clock, folder } = options;
    this.#options = options;
    this.#writer = new DayWriter(folder);
    this.#usage = new UsageBook(clock, (pluginId, atMs) => this.#usages.at(pluginId, atMs));
    this.#loaded = this.#keeping(() => this.#load());
    this.#waitForNextMinute();
  }

  called(call: { pluginId: string; ok: boolean; tookUs: number; atMs: number }): void {
    this.#calls.at(call.pluginId, call.atMs).called(call);
  }

  runs(label: string, pluginId: string, health: AgentHealth): void {
    this.#usage.runs(label, pluginId, health);
  }

  rests(label: string, hasFailed: boolean): void {
    this.#usage.rests(label, hasFailed);
  }

  swept(usages: ReadonlyMap<MeteredAgent, GroupUsage>): void {
    this.#usage.swept(usages);
  }

  /** Whether anything was ever counted of it. */
  knows(pluginId: string): boolean {
    return this.#past.has(pluginId) || this.#open.some((placed) => placed.pluginId === pluginId);
  }

  /** The calls of every plugin that was ever called; before the files are read only those since the start. */
  counted(): CountedCalls[] {
    const sums = new Map<string, { pluginId: string; executions: number; failures: number; sumUs: number }>();
    const add = (pluginId: string, { executions, failures, sumUs }: Cell) => {
      if (executions === 0) return;
      const sum = sums.get(pluginId) ?? { pluginId, executions: 0, failures: 0, sumUs: 0 };
      sum.executions += executions;
      sum.failures += failures;
      sum.sumUs += sumUs;
      sums.set(pluginId, sum);
    };
    for (const [pluginId, cell] of this.#past) add(pluginId, cell);
    for (const { pluginId, cell } of this.#open) add(pluginId, cell);
    return [...sums.values()];
  }

  /** All that was ever counted of a plugin, in a cell of its own. */
  async everythingOf(pluginId: string): Promise<Cell> {
    await this.#loaded;
    this.#usage.bookTime();
    const cell = new Cell();
    const past = this.#past.get(pluginId);
    if (past !== undefined) cell.add(past);
    for (const placed of this.#open) if (placed.pluginId === pluginId) cell.add(placed.cell);
    return cell;
  }

  /** Lets `read` go over the cells that touch the window, of all plugins; meanwhile nothing is written. */
  reading<Report>(window: TimeWindow, read: (cells: AsyncIterable<PlacedCell>) => Promise<Report>): Promise<Report> {
    return this.#inTurn(() => {
      this.#usage.bookTime();
      return read(this.#cells(window));
    });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#usage.bookTime();
    await this.#keeping(() => {
      const last = [...this.#calls.takeAll(), ...this.#usages.takeAll()];
      return this.#write(last, [endLine(this.#options.clock.wallMs())]);
    });
  }

  get #open(): PlacedCell[] {
    return [...this.#calls.all, ...this.#usages.all];
  }

  async *#cells(window: TimeWindow): AsyncGenerator<PlacedCell> {
    const open = this.#open.map((placed) => ({ ...placed, cell: copyOf(placed.cell) }));
    yield* cellsWithin(this.#options.folder, window);
    yield* open;
  }

  async #load(): Promise<void> {
    const { clock, folder, say } = this.#options;
    const message = "the collector before this one was cut off: up to a minute of calls is missing in the statistics";
    if (await wasCut(folder)) say({ type: "collector", code: "statistics-cut", message });
    const past = await everything(folder);
    for (const [pluginId, cell] of this.#past) cellFor(past, pluginId).add(cell);
    this.#past = past;
    await this.#turnDay();
    await this.#write([], [beginLine(clock.wallMs())]);
  }

  #waitForNextMinute(): void {
    const { clock } = this.#options;
    const leftMs = CALLS_EVERY_MS - (clock.wallMs() % CALLS_EVERY_MS);
    clock.after(leftMs, () => this.#minute(), this.#closing.signal);
  }

  #minute(): void {
    this.#waitForNextMinute();
    this.#usage.bookTime();
    void this.#keeping(async () => {
      const nowMs = this.#options.clock.wallMs();
      const over = [...this.#calls.takeOver(nowMs), ...this.#usages.takeOver(nowMs)];
      if (over.length > 0) await this.#write(over);
      if (dayOf(nowMs) !== this.#today) await this.#turnDay();
    });
  }

  /** Adds cells to the past at once, so that each is there or still open; then appends them with `marks` to the file of their day. */
  async #write(cells: readonly PlacedCell[], marks: readonly string[] = []): Promise<void> {
    for (const { pluginId, cell } of cells) cellFor(this.#past, pluginId).add(cell);
    const lines = cells.map((placed) => ({ day: this.#dayFor(placed.atMs), line: cellLine(placed) }));
    const today = this.#dayFor(this.#options.clock.wallMs());
    await this.#writer.append([...lines, ...marks.map((line) => ({ day: today, line }))]);
  }

  /** A day that was summed up is never added to. */
  #dayFor(atMs: number): string {
    const day = dayOf(atMs);
    return day > this.#through ? day : dayOf(Date.parse(this.#through) + DAY_MS);
  }

  async #turnDay(): Promise<void> {
    const { clock, folder } = this.#options;
    const nowMs = clock.wallMs();
    this.#today = dayOf(nowMs);
    this.#through = (await sumUpBefore(folder, this.#today)).through;
    await tidyUp(folder, nowMs);
  }

  #inTurn<Result>(run: () => Promise<Result>): Promise<Result> {
    const done = this.#turn.then(run);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  /** The same of what is kept. Never rejects: statistics may fail, what they are about may not. */
  #keeping(run: () => Promise<void>): Promise<void> {
    return this.#inTurn(run).then(
      () => this.#told(null),
      (error: unknown) => this.#told(error instanceof Error ? error.message : String(error)),
    );
  }

  #told(trouble: string | null): void {
    if (trouble === this.#trouble) return;
    this.#trouble = trouble;
    const { say } = this.#options;
    if (trouble === null)
      say({ type: "collector", code: "statistics-work-again", message: "statistics are kept again" });
    else
      say({
        type: "collector",
        level: "warning",
        code: "statistics-fault",
        message: `statistics cannot be kept: ${trouble}`,
      });
  }
}

function copyOf(cell: Cell): Cell {
  const copy = new Cell();
  copy.add(cell);
  return copy;
}

// From readings to summaries: what the agent does, without the protocol around it.
import { type SummaryWindow, summaryWindow } from "../window.ts";
import type { CpuTime, Readings } from "./readings.ts";

/** The `data` of a summary. Percentages go from 0 to 100 with one decimal; null: not known. With no `samples`, a window
 *  shorter than a clock tick, `cpu_percent` says nothing. */
export interface SystemLoadData extends Record<string, unknown> {
  readonly schema: "system_load.summary.v1";
  readonly window: SummaryWindow;
  readonly cpu_percent: { readonly mean: number; readonly max: number };
  readonly load_1m: number;
  readonly memory_percent: number;
  readonly disk_percent: number | null;
  readonly samples: number;
}

/** The machine as it is now; `recent` are the last looks at the processor, oldest first. */
export interface LoadGlance {
  readonly cpuPercent: number | null;
  readonly recent: readonly number[];
  readonly load1m: number;
  readonly memoryPercent: number;
  readonly diskPercent: number | null;
}

const LOOKS_REMEMBERED = 40;

/** Averages processor use between looks. */
export class SystemLoad {
  readonly #readings: Readings;
  readonly #wallMs: () => number;
  readonly #diskPath: string;
  #windowStartMs: number;
  #windowCpu: CpuTime;
  #lastCpu: CpuTime;
  #highest = 0;
  #samples = 0;
  #recent: number[] = [];

  constructor(options: { readonly readings: Readings; readonly wallMs: () => number; readonly diskPath: string }) {
    this.#readings = options.readings;
    this.#wallMs = options.wallMs;
    this.#diskPath = options.diskPath;
    this.#windowStartMs = options.wallMs();
    this.#windowCpu = options.readings.cpuTime();
    this.#lastCpu = this.#windowCpu;
  }

  /** Looks once. A look straight after the last one, before any tick has passed, says nothing and does not count. */
  sample(): void {
    const now = this.#readings.cpuTime();
    const busy = percentBetween(this.#lastCpu, now);
    if (busy === null) return;
    this.#lastCpu = now;
    this.#highest = Math.max(this.#highest, busy);
    this.#samples += 1;
    this.#recent = [...this.#recent, busy].slice(-LOOKS_REMEMBERED);
  }

  /** Now, without ending the window. */
  async glance(): Promise<LoadGlance> {
    return {
      cpuPercent: this.#recent.at(-1) ?? null,
      recent: this.#recent,
      load1m: this.#readings.load1m(),
      memoryPercent: this.#readings.memoryPercent(),
      diskPercent: await this.#readings.diskPercent(this.#diskPath),
    };
  }

  /** Everything up to now as a summary; the next window begins. */
  async takeSummary(): Promise<SystemLoadData> {
    this.sample();
    const endMs = this.#wallMs();
    const mean = percentBetween(this.#windowCpu, this.#lastCpu) ?? 0;
    const diskPercent = await this.#readings.diskPercent(this.#diskPath);
    const data: SystemLoadData = {
      schema: "system_load.summary.v1",
      window: summaryWindow(this.#windowStartMs, endMs),
      cpu_percent: { mean: tenths(mean), max: tenths(Math.max(mean, this.#highest)) },
      load_1m: Math.round(this.#readings.load1m() * 100) / 100,
      memory_percent: tenths(this.#readings.memoryPercent()),
      disk_percent: diskPercent === null ? null : tenths(diskPercent),
      samples: this.#samples,
    };
    this.#windowStartMs = endMs;
    this.#windowCpu = this.#lastCpu;
    this.#highest = 0;
    this.#samples = 0;
    return data;
  }
}

function percentBetween(before: CpuTime, after: CpuTime): number | null {
  const total = after.total - before.total;
  if (total <= 0) return null;
  return Math.min(100, Math.max(0, (100 * (after.busy - before.busy)) / total));
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}

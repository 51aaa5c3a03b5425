import type { GroupUsage, Meter } from "./meter.ts";

const BYTES_PER_MIB = 1024 * 1024;

interface Measured {
  readonly ctime: number;
  readonly memory: number;
}

/** Metering where there is no `/proc`: by `pidusage`, which is loaded at the first sweep. It sees the leader alone: what its
 *  children use is not counted, and memory is RSS. One process (`ps`, on Windows `wmic` or PowerShell) is spawned per sweep. */
export class ElsewhereMeter implements Meter {
  readonly #measure: (pids: number[]) => Promise<Record<string, Measured | undefined>>;
  /** Totals never go down, whatever the tool says. */
  #cpuMs = new Map<number, number>();

  constructor(measure = measureByPidusage) {
    this.#measure = measure;
  }

  async sweep(leaders: readonly number[]): Promise<ReadonlyMap<number, GroupUsage>> {
    const found = new Map<number, GroupUsage>();
    const cpuMs = new Map<number, number>();
    const measured = await this.#measureAll(leaders);
    for (const pid of leaders) {
      const before = this.#cpuMs.get(pid) ?? 0;
      const { ctime, memory } = measured[pid] ?? { ctime: null, memory: 0 };
      if (ctime === null) continue;
      cpuMs.set(pid, Math.max(before, ctime));
      const usage = {
        memoryMib: memory / BYTES_PER_MIB,
        memoryKind: "rss",
        processes: 1,
        pids: [pid],
        ioBytes: null,
      } as const;
      found.set(pid, { cpuMs: Math.max(before, ctime), ...usage });
    }
    this.#cpuMs = cpuMs;
    return found;
  }

  close(): void {
    this.#cpuMs.clear();
  }

  async #measureAll(leaders: readonly number[]): Promise<Record<string, Measured | undefined>> {
    if (leaders.length === 0) return {};
    try {
      return await this.#measure([...leaders]);
    } catch {
      // None of them lives, or the tool is missing: no figures, and no harm.
      return {};
    }
  }
}

async function measureByPidusage(pids: number[]): Promise<Record<string, Measured | undefined>> {
  const { default: pidusage } = await import("pidusage");
  return pidusage(pids);
}

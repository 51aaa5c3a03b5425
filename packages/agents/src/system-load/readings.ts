// What the machine says of itself, cheaply.
import { readFileSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { cpus, freemem, loadavg, totalmem } from "node:os";

/** Processor time since boot over all cores, in whatever unit the system counts. */
export interface CpuTime {
  readonly busy: number;
  readonly total: number;
}

/** Where the agent looks. */
export interface Readings {
  cpuTime(): CpuTime;
  /** Share of memory in use, 0 to 100; caches that can be dropped are free. */
  memoryPercent(): number;
  /** Runnable processes, averaged over a minute; 0 where the system does not count them. */
  load1m(): number;
  /** Share in use of the file system that holds `path`, 0 to 100; null when it cannot be told. */
  diskPercent(path: string): Promise<number | null>;
}

/** This machine. On Linux from `/proc`, elsewhere from Node's `os`. */
export const machine: Readings = {
  cpuTime: () => cpuTimeFrom(read("/proc/stat")) ?? cpuTimeOf(cpus()),
  memoryPercent: () => memoryFrom(read("/proc/meminfo")) ?? percent(totalmem() - freemem(), totalmem()),
  load1m: () => loadavg()[0] ?? 0,
  async diskPercent(path) {
    try {
      const { blocks, bfree, bavail } = await statfs(path);
      // As `df` does: what is kept for root counts as neither free nor used.
      return percent(blocks - bfree, blocks - bfree + bavail);
    } catch {
      return null;
    }
  },
};

/** The first line of `/proc/stat`; null when it is none. */
export function cpuTimeFrom(stat: string | null): CpuTime | null {
  const fields = /^cpu +(\d+(?: \d+)+)/
    .exec(stat ?? "")?.[1]
    ?.split(" ")
    .map(Number);
  if (fields === undefined || fields.length < 4) return null;
  // user nice system idle iowait irq softirq steal; guest time is part of user already.
  const total = fields.slice(0, 8).reduce((sum, ticks) => sum + ticks, 0);
  return { busy: total - (fields[3] ?? 0) - (fields[4] ?? 0), total };
}

/** Used memory from `/proc/meminfo`; null when it is none. */
export function memoryFrom(meminfo: string | null): number | null {
  const kib = (name: string) => Number(new RegExp(`^${name}: +(\\d+) kB$`, "m").exec(meminfo ?? "")?.[1] ?? Number.NaN);
  const total = kib("MemTotal");
  const available = kib("MemAvailable");
  return Number.isNaN(total + available) ? null : percent(total - available, total);
}

function cpuTimeOf(cores: ReturnType<typeof cpus>): CpuTime {
  let busy = 0;
  let total = 0;
  for (const { times } of cores) {
    const all = times.user + times.nice + times.sys + times.idle + times.irq;
    total += all;
    busy += all - times.idle;
  }
  return { busy, total };
}

function percent(part: number, whole: number): number {
  return whole > 0 ? (100 * part) / whole : 0;
}

function read(path: string): string | null {
  if (process.platform !== "linux") return null;
  try {
    return readFileSync(path, "latin1");
  } catch {
    return null;
  }
}

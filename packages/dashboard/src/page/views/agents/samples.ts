// What agents used lately, as the collector metered it.
import type { AgentStatus } from "@mimolo/protocol";

/** One look at an agent's use. */
export interface Sample {
  readonly atMs: number;
  /** Percent of one core; null while it is not metered. */
  readonly cpuPercent: number | null;
  readonly memoryMib: number | null;
}

/** By label, oldest first. */
export type Samples = Readonly<Record<string, readonly Sample[]>>;

const MOST = 60;
/** The list also comes anew when something else changed. */
const CLOSEST_MS = 2_000;

/** Adds what the list says now; agents that are gone are forgotten. */
export function withSamples(samples: Samples, agents: readonly AgentStatus[], atMs: number): Samples {
  return Object.fromEntries(
    agents.map(({ label, cpu_percent: cpuPercent, memory_mib: memoryMib }) => {
      const before = Object.hasOwn(samples, label) ? (samples[label] ?? []) : [];
      const last = before.at(-1);
      if (last !== undefined && atMs - last.atMs < CLOSEST_MS) return [label, before];
      return [label, [...before, { atMs, cpuPercent, memoryMib }].slice(-MOST)];
    }),
  );
}

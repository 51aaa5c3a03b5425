import { RareMap } from "./rarely-filled.ts";

/** What one instance did since the collector started, over all its runs. Named as `mimolo status --json` shows it. */
export interface AgentCounters {
  /** Lines on stdout, good and bad, and their bytes with line ends. */
  readonly lines: number;
  readonly bytes: number;
  /** Lines that were not taken, by code. */
  readonly refused: Readonly<Record<string, number>>;
  /** What we gave up, by kind: `command` for those a deaf agent left no room for. */
  readonly dropped: Readonly<Record<string, number>>;
  readonly paused_ms: number;
  /** New starts after the first, by cause. */
  readonly restarts: Readonly<Record<string, number>>;
  /** Bytes of commands that wait for the agent right now. */
  readonly queued_bytes: number;
}

/** The counting side of `AgentCounters`. */
export class Tally {
  lines = 0;
  bytes = 0;
  readonly refused = new RareMap<string, number>();
  readonly dropped = new RareMap<string, number>();
  readonly restarts = new RareMap<string, number>();

  get restartsInAll(): number {
    let sum = 0;
    for (const times of this.restarts.values()) sum += times;
    return sum;
  }

  snapshot(queuedBytes: number, pausedMs: number): AgentCounters {
    return {
      lines: this.lines,
      bytes: this.bytes,
      refused: Object.fromEntries(this.refused),
      dropped: Object.fromEntries(this.dropped),
      paused_ms: Math.round(pausedMs),
      restarts: Object.fromEntries(this.restarts),
      queued_bytes: queuedBytes,
    };
  }
}

/** Adds one under `key`. */
export function count(map: RareMap<string, number>, key: string): void {
  map.set(key, (map.get(key) ?? 0) + 1);
}

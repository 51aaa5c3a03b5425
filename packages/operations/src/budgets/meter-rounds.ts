import type { Clock, GroupUsage, Meter } from "@mimolo/supervisor";

export const METER_EVERY_MS = 5_000;

/** A process group to be metered. */
export interface Metered {
  /** Leader of its process group; `null` while there is no process. */
  readonly pid: number | null;
  readonly memoryLimitMib: number;
  /** `atMs`: when it was read, monotonic. */
  metered(usage: GroupUsage, atMs: number): void;
}

export interface MeterRoundsOptions<Of extends Metered> {
  readonly clock: Clock;
  readonly meter: Meter;
  all(): Iterable<Of>;
  /** What a sweep found, once everybody was told. */
  swept?(usages: ReadonlyMap<Of, GroupUsage>): void;
  /** A sweep failed; the next one comes all the same. */
  failed(error: unknown): void;
}

/** Reads what every agent uses, all of them in one sweep every five seconds; never two sweeps at once. */
export class MeterRounds<Of extends Metered = Metered> {
  readonly #options: MeterRoundsOptions<Of>;
  readonly #closing = new AbortController();

  constructor(options: MeterRoundsOptions<Of>) {
    this.#options = options;
  }

  start(): void {
    const { clock } = this.#options;
    const atMs = clock.ticksMs();
    const sweep = async () => {
      await this.#sweep();
      if (!this.#closing.signal.aborted) this.start();
    };
    clock.after(METER_EVERY_MS - (atMs % METER_EVERY_MS), () => void sweep(), this.#closing.signal);
  }

  close(): void {
    this.#closing.abort();
    this.#options.meter.close();
  }

  async #sweep(): Promise<void> {
    const { clock, meter, all, swept, failed } = this.#options;
    const leaders = new Map<number, Of>();
    for (const agent of all()) if (agent.pid !== null) leaders.set(agent.pid, agent);
    if (leaders.size === 0) return;
    const atMs = clock.ticksMs();
    try {
      const suspectAboveMib = (pid: number) => leaders.get(pid)?.memoryLimitMib ?? Number.POSITIVE_INFINITY;
      const usages = await meter.sweep([...leaders.keys()], { suspectAboveMib });
      if (this.#closing.signal.aborted) return;
      const told = new Map<Of, GroupUsage>();
      for (const [pid, usage] of usages) {
        const agent = leaders.get(pid);
        // While we read, it may have ended and another process be there in its place.
        if (agent?.pid !== pid) continue;
        told.set(agent, usage);
        agent.metered(usage, atMs);
      }
      swept?.(told);
    } catch (error) {
      failed(error);
    }
  }
}

import type { AgentHealth, Clock, GroupUsage } from "@mimolo/supervisor";
import type { Cell } from "./cell.ts";

/** Whose a process group is. */
export interface MeteredAgent {
  readonly label: string;
  readonly pid: number | null;
  readonly plan: { readonly pluginId: string };
}

interface Spent {
  readonly pid: number | null;
  readonly cpuMs: number;
  readonly ioBytes: number;
}

interface Running {
  readonly agents: Map<string, AgentHealth>;
  sinceMs: number;
}

/** What plugins use, from what their agents do and what the sweeps read: books it where `cellAt` says. */
export class UsageBook {
  readonly #clock: Pick<Clock, "wallMs" | "ticksMs">;
  readonly #cellAt: (pluginId: string, atMs: number) => Cell;
  readonly #running = new Map<string, Running>();
  readonly #pluginOf = new Map<string, string>();
  #spent: ReadonlyMap<string, Spent> = new Map();

  constructor(clock: Pick<Clock, "wallMs" | "ticksMs">, cellAt: (pluginId: string, atMs: number) => Cell) {
    this.#clock = clock;
    this.#cellAt = cellAt;
  }

  /** An agent runs, and how it does. */
  runs(label: string, pluginId: string, health: AgentHealth): void {
    if (this.#pluginOf.get(label) !== pluginId) this.rests(label, false);
    this.#pluginOf.set(label, pluginId);
    const running = this.#running.get(pluginId);
    if (running === undefined)
      this.#running.set(pluginId, { agents: new Map([[label, health]]), sinceMs: this.#clock.ticksMs() });
    else running.agents.set(label, health);
    this.#cellAt(pluginId, this.#clock.wallMs()).did(health);
  }

  /** It runs no more, and perhaps that was not what anybody wanted. */
  rests(label: string, hasFailed: boolean): void {
    const pluginId = this.#pluginOf.get(label);
    const running = pluginId === undefined ? undefined : this.#running.get(pluginId);
    this.#pluginOf.delete(label);
    if (pluginId === undefined || running === undefined) return;
    if (hasFailed) this.#cellAt(pluginId, this.#clock.wallMs()).did("failed");
    running.agents.delete(label);
    if (running.agents.size > 0) return;
    this.#bookTime(pluginId, running);
    this.#running.delete(pluginId);
  }

  /** One sweep over everybody who has a process. */
  swept(usages: ReadonlyMap<MeteredAgent, GroupUsage>): void {
    const nowMs = this.#clock.wallMs();
    const spent = new Map<string, Spent>();
    const mib = new Map<string, number>();
    for (const [{ label, pid, plan }, { cpuMs, memoryMib, ioBytes }] of usages) {
      const { pluginId } = plan;
      const before = this.#spent.get(label);
      // Of a new process all is new.
      const known = before?.pid === pid ? before : { cpuMs: 0, ioBytes: 0 };
      const io = ioBytes ?? known.ioBytes;
      this.#cellAt(pluginId, nowMs).used(
        Math.max(0, cpuMs - known.cpuMs),
        ioBytes === null ? null : io - known.ioBytes,
      );
      spent.set(label, { pid, cpuMs, ioBytes: io });
      mib.set(pluginId, (mib.get(pluginId) ?? 0) + memoryMib);
    }
    for (const [pluginId, sum] of mib) this.#cellAt(pluginId, nowMs).held(sum);
    this.#spent = spent;
  }

  /** Books the time up to now; what runs runs on. */
  bookTime(): void {
    for (const [pluginId, running] of this.#running) {
      this.#bookTime(pluginId, running);
      const cell = this.#cellAt(pluginId, this.#clock.wallMs());
      for (const health of running.agents.values()) cell.did(health);
    }
  }

  /** Where it began: a span is booked every minute, and never reaches far into the next. */
  #bookTime(pluginId: string, running: Running): void {
    const nowMs = this.#clock.ticksMs();
    const ranMs = Math.max(0, nowMs - running.sinceMs);
    this.#cellAt(pluginId, this.#clock.wallMs() - ranMs).activeMs += ranMs;
    running.sinceMs = nowMs;
  }
}

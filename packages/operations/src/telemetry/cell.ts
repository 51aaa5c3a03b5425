import { type AgentHealth, worstHealth } from "@mimolo/supervisor";
import { Histogram } from "./histogram.ts";

/** What one plugin did and used in a span of time. Two of them can be added. */
export class Cell {
  executions = 0;
  failures = 0;
  sumUs = 0;
  lastMs: number | null = null;
  times: Histogram | null = null;
  /** How long an agent of it ran. */
  activeMs = 0;
  /** The next three: null when nobody measured. */
  cpuMs: number | null = null;
  peakMib: number | null = null;
  ioBytes: number | null = null;
  /** The worst; null while none of its agents ran. */
  health: AgentHealth | null = null;

  called({ ok, tookUs, atMs }: { ok: boolean; tookUs: number; atMs: number }): void {
    this.executions++;
    if (!ok) this.failures++;
    this.sumUs += tookUs;
    this.lastMs = Math.max(this.lastMs ?? atMs, atMs);
    this.times ??= new Histogram();
    this.times.add(tookUs);
  }

  used(cpuMs: number, ioBytes: number | null): void {
    this.cpuMs = (this.cpuMs ?? 0) + cpuMs;
    if (ioBytes !== null) this.ioBytes = (this.ioBytes ?? 0) + ioBytes;
  }

  held(mib: number): void {
    this.peakMib = Math.max(this.peakMib ?? 0, mib);
  }

  did(health: AgentHealth): void {
    this.health = this.health === null ? health : worstHealth([this.health, health]);
  }

  add(other: Cell): void {
    this.executions += other.executions;
    this.failures += other.failures;
    this.sumUs += other.sumUs;
    if (other.lastMs !== null) this.lastMs = Math.max(this.lastMs ?? other.lastMs, other.lastMs);
    if (other.times !== null) {
      this.times ??= new Histogram();
      this.times.merge(other.times);
    }
    this.activeMs += other.activeMs;
    if (other.cpuMs !== null) this.used(other.cpuMs, other.ioBytes);
    if (other.peakMib !== null) this.held(other.peakMib);
    if (other.health !== null) this.did(other.health);
  }

  /** Nothing happened in it. */
  get isEmpty(): boolean {
    return this.executions === 0 && this.activeMs === 0 && this.cpuMs === null && this.health === null;
  }
}

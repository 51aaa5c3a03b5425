import type { GroupUsage, Meter, SweepOptions } from "./meter.ts";
import { IoReader } from "./io-reader.ts";
import { Newcomers } from "./newcomers.ts";
import { pageBytes } from "./page-size.ts";
import { ProcessGroup } from "./process-group.ts";
import { PssReader } from "./pss.ts";
import { emptyStatLine } from "./stat-line.ts";
import { StatReader } from "./stat-reader.ts";

/** Of `/proc`, on every architecture that Node runs on. */
const MS_PER_TICK = 10;
const BYTES_PER_MIB = 1024 * 1024;
const PSS_EVERY_MS = 30_000;
/** The kernel walks all pages of a process for its PSS: where no page came or went, hardly anything can have changed. */
const PSS_UNMOVED_EVERY_MS = 300_000;
/** Share of the groups whose PSS one sweep reads without being asked: all of them in 30 s of sweeps. */
const PSS_SHARE = 1 / 6;
const PSS_AT_LEAST = 8;
const LOOKS_AT_MOST = 2_000;

export interface ProcMeterOptions {
  readonly procRoot: string;
  ticksMs(): number;
  readonly keptDescriptors?: number | undefined;
}

/** Metering from `/proc`: one synchronous sweep over kept descriptors, a microsecond or two per process; then, in slices, PSS
 *  where it is due. */
export class ProcMeter implements Meter {
  readonly #ticksMs: () => number;
  readonly #reader: StatReader;
  readonly #newcomers: Newcomers;
  readonly #pss: PssReader;
  readonly #io: IoReader;
  readonly #mibPerPage: number;
  readonly #line = emptyStatLine();
  /** Those whose PSS is oldest first. */
  readonly #groups = new Map<number, ProcessGroup>();
  #busy: Promise<unknown> | null = null;

  constructor({ procRoot, ticksMs, keptDescriptors }: ProcMeterOptions) {
    this.#ticksMs = ticksMs;
    this.#reader = new StatReader(procRoot, keptDescriptors);
    this.#newcomers = new Newcomers(procRoot, LOOKS_AT_MOST);
    this.#pss = new PssReader(procRoot, ticksMs);
    this.#io = new IoReader(procRoot);
    this.#mibPerPage = pageBytes(procRoot) / BYTES_PER_MIB;
  }

  async sweep(leaders: readonly number[], options: SweepOptions = {}): Promise<ReadonlyMap<number, GroupUsage>> {
    while (this.#busy !== null) await this.#busy;
    this.#read(leaders);
    const wanted = this.#wantPss(options);
    if (wanted.length > 0) {
      this.#busy = this.#pss.read(wanted, this.#mibPerPage);
      await this.#busy;
      this.#busy = null;
    }
    return this.#usages(leaders);
  }

  close(): void {
    for (const group of this.#groups.values()) group.close();
    this.#groups.clear();
  }

  #read(leaders: readonly number[]): void {
    const wanted = new Set(leaders);
    const known = new Set<number>();
    for (const group of this.#groups.values()) {
      if (wanted.has(group.leader)) group.read(this.#line);
      // A pid whose whole group is gone may lead another one by now.
      if (!wanted.has(group.leader) || group.isEmpty) this.#forget(group);
      else for (const pid of group.watched) known.add(pid);
    }
    for (const leader of wanted) {
      if (this.#groups.has(leader) || !this.#begin(leader)) continue;
      known.add(leader);
    }
    this.#newcomers.find(known, (pid) => this.#look(pid));
    for (const group of this.#groups.values()) group.account.settle();
    this.#io.read(this.#groups);
  }

  #begin(leader: number): boolean {
    const handle = this.#reader.open(leader, this.#line);
    if (handle === null) return false;
    const group = new ProcessGroup(leader, this.#reader);
    group.join(handle, this.#line);
    this.#groups.set(leader, group);
    return true;
  }

  #look(pid: number): boolean {
    const handle = this.#reader.open(pid, this.#line);
    if (handle === null) return false;
    const group = this.#groups.get(this.#line.pgrp);
    if (group === undefined) this.#reader.close(handle);
    else group.join(handle, this.#line);
    return group !== undefined;
  }

  #forget(group: ProcessGroup): void {
    group.close();
    this.#groups.delete(group.leader);
  }

  /** Whose PSS to read now: the suspects, and the next few whose turn it is. */
  #wantPss({ suspectAboveMib }: SweepOptions): ProcessGroup[] {
    const nowMs = this.#ticksMs();
    let routine = Math.max(PSS_AT_LEAST, Math.ceil(this.#groups.size * PSS_SHARE));
    const wanted: ProcessGroup[] = [];
    for (const group of this.#groups.values()) {
      const rssMib = this.#rssMib(group);
      const suspect = suspectAboveMib !== undefined && rssMib > suspectAboveMib(group.leader);
      if (suspect || (isDue(group, rssMib, nowMs) && routine-- > 0)) wanted.push(group);
    }
    for (const group of wanted) {
      this.#groups.delete(group.leader);
      this.#groups.set(group.leader, group);
    }
    return wanted;
  }

  #usages(leaders: readonly number[]): Map<number, GroupUsage> {
    const usages = new Map<number, GroupUsage>();
    for (const leader of leaders) {
      const group = this.#groups.get(leader);
      const pids = group?.pids ?? [];
      if (group === undefined || pids.length === 0) continue;
      const cpuMs = group.account.ticks * MS_PER_TICK;
      const memoryKind = group.pss === null ? "rss" : "pss";
      const { bytes: ioBytes } = group.io;
      usages.set(leader, {
        cpuMs,
        memoryMib: this.#memoryMib(group),
        memoryKind,
        processes: pids.length,
        pids,
        ioBytes,
      });
    }
    return usages;
  }

  /** PSS as last read; what RSS grew by since is counted in full, and RSS is never exceeded. */
  #memoryMib(group: ProcessGroup): number {
    const rssMib = this.#rssMib(group);
    if (group.pss === null) return rssMib;
    const grownMib = Math.max(0, rssMib - group.pss.rssMib);
    return Math.min(rssMib, group.pss.pssMib + grownMib);
  }

  #rssMib(group: ProcessGroup): number {
    return group.rssPages * this.#mibPerPage;
  }
}

/** Its PSS is old: half a minute, and longer while its RSS does not move. */
function isDue({ pss }: ProcessGroup, rssMib: number, nowMs: number): boolean {
  if (pss === null) return true;
  return nowMs - pss.atMs >= (rssMib === pss.rssMib ? PSS_UNMOVED_EVERY_MS : PSS_EVERY_MS);
}

/** What a process group used. */
export interface GroupUsage {
  /** CPU milliseconds, user and system, of the whole group since its start, waited-for children included. Never goes down. */
  readonly cpuMs: number;
  readonly memoryMib: number;
  /** `pss` counts shared pages by their share; `rss` counts them in full for every process, an upper bound. */
  readonly memoryKind: "pss" | "rss";
  /** Living processes, the dead that nobody has reaped not counted. */
  readonly processes: number;
  readonly pids: readonly number[];
  /** Bytes that the group's processes had read from and written to disks, since its start; never goes down. `null` where the
   *  system does not tell. */
  readonly ioBytes: number | null;
}

/** What a sweep shall look at more closely. */
export interface SweepOptions {
  /** Limit of a group, by its leader: above it by RSS, the PSS is read at once. */
  suspectAboveMib?(pid: number): number;
}

/** Tells what process groups use. */
export interface Meter {
  /** One look at the groups of `leaders` (their pids). Groups that are gone are missing in the answer; a leader that is not
   *  asked for is forgotten. Never rejects. One sweep at a time. */
  sweep(leaders: readonly number[], options?: SweepOptions): Promise<ReadonlyMap<number, GroupUsage>>;
  /** Lets go of every descriptor. */
  close(): void;
}

import { accessSync, constants, mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { descendantsOf as theirDescendants } from "../process-facts.ts";

const PERIOD_US = 100_000;
const LONGEST_PERIOD_US = 1_000_000;
const SMALLEST_QUOTA_US = 1_000;
const BYTES_PER_MIB = 1024 * 1024;
/** Room for any honest program, none for one that forks without end. Threads count. */
const MOST_TASKS = 512;
const MOST_ROUNDS = 8;
const COLLECTOR = "mimolo-collector";

/** Limits that the kernel keeps for us. */
export interface Cgroup {
  /** Puts a process, what it started and what it starts from now on under limits; again with others to change them. False when that could
   *  not be done: the agent runs on without. CPU in percent of one core; `memory.max` ends the whole group when reached; `tasks`
   *  (processes and threads, default 512) where the `pids` controller is ours too. */
  limit(label: string, pid: number, limits: { cpuPercent: number; memoryMib: number; tasks?: number }): boolean;
  /** Takes away what `limit` made, when nobody is left in it. */
  remove(label: string): void;
  /** Takes away everything and moves this process back. */
  close(): void;
}

export interface CgroupOptions {
  readonly platform?: NodeJS.Platform;
  /** Where the unified hierarchy is mounted: `/sys/fs/cgroup`. */
  readonly root?: string;
  /** Says which group this process is in: `/proc/self/cgroup`. */
  readonly selfFile?: string;
  readonly pid?: number;
  /** Whom a process started: a wrapper has started others by the time it is put under limits. */
  readonly descendantsOf?: (pid: number) => readonly number[];
}

type DescendantsOf = (pid: number) => readonly number[];

/** A cgroup v2 subtree of our own; null where there is none that is delegated to us: unified, writable, with the `cpu` and
 *  `memory` controllers, and with no process in it but this one (others are not ours to move). */
export function openCgroup(options: CgroupOptions = {}): Cgroup | null {
  const {
    platform = process.platform,
    root = "/sys/fs/cgroup",
    selfFile = "/proc/self/cgroup",
    pid = process.pid,
    descendantsOf = theirDescendants,
  } = options;
  if (platform !== "linux") return null;
  try {
    const own = /^0::(\/.*)$/m.exec(readFileSync(selfFile, "utf8"))?.[1];
    if (own === undefined) return null;
    const folder = join(root, own);
    return isDelegated(folder, pid) ? settle(folder, pid, descendantsOf) : null;
  } catch {
    return null;
  }
}

const words = (file: string) => readFileSync(file, "utf8").split(/\s+/).filter(Boolean);

function isDelegated(folder: string, pid: number): boolean {
  const controllers = words(join(folder, "cgroup.controllers"));
  if (!controllers.includes("cpu") || !controllers.includes("memory")) return false;
  for (const file of [".", "cgroup.procs", "cgroup.subtree_control"]) accessSync(join(folder, file), constants.W_OK);
  return words(join(folder, "cgroup.procs")).every((found) => Number(found) === pid);
}

/** A group with controllers for its children may hold no process itself: this one moves into a leaf. */
function settle(folder: string, pid: number, descendantsOf: DescendantsOf): Cgroup | null {
  const leaf = join(folder, COLLECTOR);
  const countsTasks = words(join(folder, "cgroup.controllers")).includes("pids");
  const controllers = ["cpu", "memory", ...(countsTasks ? ["pids"] : [])];
  const leave = () => {
    quietly(() =>
      writeFileSync(join(folder, "cgroup.subtree_control"), controllers.map((name) => `-${name}`).join(" ")),
    );
    quietly(() => writeFileSync(join(folder, "cgroup.procs"), String(pid)));
    quietly(() => rmdirSync(leaf));
  };
  const settled = quietly(() => {
    mkdirSync(leaf, { recursive: true });
    writeFileSync(join(leaf, "cgroup.procs"), String(pid));
    writeFileSync(join(folder, "cgroup.subtree_control"), controllers.map((name) => `+${name}`).join(" "));
  });
  if (settled) return new AgentGroups(folder, countsTasks, descendantsOf, leave);
  leave();
  return null;
}

class AgentGroups implements Cgroup {
  readonly #folder: string;
  readonly #countsTasks: boolean;
  readonly #descendantsOf: DescendantsOf;
  readonly #leave: () => void;
  readonly #made = new Set<string>();

  constructor(folder: string, countsTasks: boolean, descendantsOf: DescendantsOf, leave: () => void) {
    this.#folder = folder;
    this.#countsTasks = countsTasks;
    this.#descendantsOf = descendantsOf;
    this.#leave = leave;
  }

  limit(label: string, pid: number, limits: Parameters<Cgroup["limit"]>[2]): boolean {
    const { cpuPercent, memoryMib, tasks = MOST_TASKS } = limits;
    const group = this.#groupOf(label);
    const done = quietly(() => {
      mkdirSync(group, { recursive: true });
      this.#made.add(label);
      writeFileSync(join(group, "memory.max"), String(Math.round(memoryMib * BYTES_PER_MIB)));
      writeFileSync(join(group, "memory.oom.group"), "1");
      writeFileSync(join(group, "cpu.max"), cpuMax(cpuPercent));
      if (this.#countsTasks) writeFileSync(join(group, "pids.max"), String(tasks));
      writeFileSync(join(group, "cgroup.procs"), String(pid));
    });
    if (done) this.#fetchTheOthers(join(group, "cgroup.procs"), pid);
    if (!done) this.remove(label);
    return done;
  }

  /** What they start while we look is found by the next look: once everybody is in, so is all that they start. */
  #fetchTheOthers(procs: string, leader: number): void {
    const inside = new Set([leader]);
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const others = this.#descendantsOf(leader).filter((member) => !inside.has(member));
      if (others.length === 0) return;
      for (const member of others) {
        inside.add(member);
        quietly(() => writeFileSync(procs, String(member)));
      }
    }
  }

  remove(label: string): void {
    if (this.#made.has(label) && quietly(() => rmdirSync(this.#groupOf(label)))) this.#made.delete(label);
  }

  close(): void {
    for (const label of this.#made) this.remove(label);
    this.#leave();
  }

  #groupOf(label: string): string {
    return join(this.#folder, `agent-${encodeURIComponent(label)}`);
  }
}

/** The kernel wants a quota of a millisecond at least: tiny shares get a longer period. */
function cpuMax(percent: number): string {
  const share = percent / 100;
  const periodUs = share * PERIOD_US < SMALLEST_QUOTA_US ? LONGEST_PERIOD_US : PERIOD_US;
  return `${Math.max(SMALLEST_QUOTA_US, Math.round(share * periodUs))} ${periodUs}`;
}

function quietly(run: () => void): boolean {
  try {
    run();
    return true;
  } catch {
    return false;
  }
}

import { accessSync, constants, mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const PERIOD_US = 100_000;
const LONGEST_PERIOD_US = 1_000_000;
const SMALLEST_QUOTA_US = 1_000;
const BYTES_PER_MIB = 1024 * 1024;
const COLLECTOR = "mimolo-collector";

/** Limits that the kernel keeps for us. */
export interface Cgroup {
  /** Puts a process, and what it starts from now on, under limits; again with others to change them. False when that could not
   *  be done: the agent runs on without. CPU in percent of one core; `memory.max` ends the whole group when reached. */
  limit(label: string, pid: number, limits: { cpuPercent: number; memoryMib: number }): boolean;
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
}

/** A cgroup v2 subtree of our own; null where there is none that is delegated to us: unified, writable, with the `cpu` and
 *  `memory` controllers, and with no process in it but this one (others are not ours to move). */
export function openCgroup(options: CgroupOptions = {}): Cgroup | null {
  const {
    platform = process.platform,
    root = "/sys/fs/cgroup",
    selfFile = "/proc/self/cgroup",
    pid = process.pid,
  } = options;
  if (platform !== "linux") return null;
  try {
    const own = /^0::(\/.*)$/m.exec(readFileSync(selfFile, "utf8"))?.[1];
    if (own === undefined) return null;
    const folder = join(root, own);
    return isDelegated(folder, pid) ? settle(folder, pid) : null;
  } catch {
    return null;
  }
}

function isDelegated(folder: string, pid: number): boolean {
  const words = (file: string) => readFileSync(join(folder, file), "utf8").split(/\s+/).filter(Boolean);
  const controllers = words("cgroup.controllers");
  if (!controllers.includes("cpu") || !controllers.includes("memory")) return false;
  for (const file of [".", "cgroup.procs", "cgroup.subtree_control"]) accessSync(join(folder, file), constants.W_OK);
  return words("cgroup.procs").every((found) => Number(found) === pid);
}

/** A group with controllers for its children may hold no process itself: this one moves into a leaf. */
function settle(folder: string, pid: number): Cgroup | null {
  const leaf = join(folder, COLLECTOR);
  const leave = () => {
    quietly(() => writeFileSync(join(folder, "cgroup.subtree_control"), "-cpu -memory"));
    quietly(() => writeFileSync(join(folder, "cgroup.procs"), String(pid)));
    quietly(() => rmdirSync(leaf));
  };
  const settled = quietly(() => {
    mkdirSync(leaf, { recursive: true });
    writeFileSync(join(leaf, "cgroup.procs"), String(pid));
    writeFileSync(join(folder, "cgroup.subtree_control"), "+cpu +memory");
  });
  if (settled) return new AgentGroups(folder, leave);
  leave();
  return null;
}

class AgentGroups implements Cgroup {
  readonly #folder: string;
  readonly #leave: () => void;
  readonly #made = new Set<string>();

  constructor(folder: string, leave: () => void) {
    this.#folder = folder;
    this.#leave = leave;
  }

  limit(label: string, pid: number, { cpuPercent, memoryMib }: { cpuPercent: number; memoryMib: number }): boolean {
    const group = this.#groupOf(label);
    const done = quietly(() => {
      mkdirSync(group, { recursive: true });
      this.#made.add(label);
      writeFileSync(join(group, "memory.max"), String(Math.round(memoryMib * BYTES_PER_MIB)));
      writeFileSync(join(group, "memory.oom.group"), "1");
      writeFileSync(join(group, "cpu.max"), cpuMax(cpuPercent));
      writeFileSync(join(group, "cgroup.procs"), String(pid));
    });
    if (!done) this.remove(label);
    return done;
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

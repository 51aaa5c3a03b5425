import { readdirSync, readFileSync } from "node:fs";

/** Of `/proc`, on every architecture that Node runs on. */
const TICKS_PER_SECOND = 100;

/** What the system says about one process. */
export interface ProcessFacts {
  readonly pid: number;
  readonly pgid: number;
  /** Seconds between the boot of the machine and its start. */
  readonly startedS: number;
  /** `Z` is a dead process that nobody has reaped. */
  readonly state: string;
}

/** Null when there is no such process, or no `/proc` here. */
export function processFacts(pid: number): ProcessFacts | null {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === null) return null;
  // The name, in brackets, may itself hold brackets and spaces: what follows the last one is regular.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state = "", , pgid = ""] = fields;
  return { pid, state, pgid: Number(pgid), startedS: Number(fields[19]) / TICKS_PER_SECOND };
}

/** All living processes by process group; empty where there is no `/proc`. */
export function livingGroups(): Map<number, ProcessFacts[]> {
  const groups = new Map<number, ProcessFacts[]>();
  for (const name of list("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const facts = processFacts(Number(name));
    if (facts === null || facts.state === "Z" || facts.state === "X") continue;
    const members = groups.get(facts.pgid);
    if (members === undefined) groups.set(facts.pgid, [facts]);
    else members.push(facts);
  }
  return groups;
}

/** Everybody a process started and they in turn, whatever group they are of; nobody where the system does not say. */
export function descendantsOf(pid: number): number[] {
  const found: number[] = [];
  const ask = [pid];
  for (let next = ask.pop(); next !== undefined; next = ask.pop()) {
    // A child belongs to the thread that started it.
    for (const thread of list(`/proc/${next}/task`)) {
      const children =
        read(`/proc/${next}/task/${thread}/children`)?.trim().split(" ").filter(Boolean).map(Number) ?? [];
      found.push(...children);
      ask.push(...children);
    }
  }
  return found;
}

/** True when `/proc` shows nobody alive in the group: an `init` that reaps late leaves its dead there for a while. */
export function isGroupOfDead(pgid: number): boolean {
  const groups = livingGroups();
  return groups.size > 0 && !groups.has(pgid);
}

/** True when the environment the process was started with holds `entry` (`NAME=value`); false too if it may not be read. */
export function hasInEnvironment(pid: number, entry: string): boolean {
  return read(`/proc/${pid}/environ`)?.split("\0").includes(entry) ?? false;
}

function read(path: string): string | null {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return null;
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

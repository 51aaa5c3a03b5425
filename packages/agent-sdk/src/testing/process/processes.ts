// The processes there are, where Linux tells them.
import { readdirSync, readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";

/** Whether processes, their groups and their costs can be seen here. */
export const SEES_PROCESSES = process.platform === "linux";

export interface Living {
  readonly pid: number;
  /** Its process group. */
  readonly group: number;
  readonly name: string;
  /** CPU time it has used, as Linux counts it. */
  readonly ticks: number;
}

/** Everybody who is alive; dead ones that nobody has reaped are left out. */
export async function living(): Promise<Living[]> {
  if (!SEES_PROCESSES) return [];
  const found: Living[] = [];
  for (const entry of await readdir("/proc").catch(() => [])) {
    if (!isPid(entry)) continue;
    const one = livingIn(Number(entry), await readFile(`/proc/${entry}/stat`, "latin1").catch(() => ""));
    if (one !== null) found.push(one);
  }
  return found;
}

/** The same at once, for whoever must go itself. */
export function livingNow(): Living[] {
  if (!SEES_PROCESSES) return [];
  const pids = readNow(() => readdirSync("/proc")).filter(isPid);
  return pids.flatMap((entry) => {
    const [stat = ""] = readNow(() => [readFileSync(`/proc/${entry}/stat`, "latin1")]);
    return livingIn(Number(entry), stat) ?? [];
  });
}

/** Whether a process was started with `entry` (`NAME=value`) in its environment; false where that may not be read. */
export function hasInEnvironment(pid: number, entry: string): boolean {
  const [environment = ""] = readNow(() => [readFileSync(`/proc/${pid}/environ`, "latin1")]);
  return environment.split("\0").includes(entry);
}

const isPid = (entry: string) => /^\d+$/.test(entry);

function livingIn(pid: number, stat: string): Living | null {
  const end = stat.lastIndexOf(")");
  // Fields from the third on: state, parent, group, … the 14th and 15th are its own time.
  const fields = stat.slice(end + 2).split(" ");
  const [state = "", , group = ""] = fields;
  if (end === -1 || state === "Z" || state === "X") return null;
  const name = stat.slice(stat.indexOf("(") + 1, end);
  return { pid, group: Number(group), name, ticks: Number(fields[11]) + Number(fields[12]) };
}

/** Who is gone meanwhile tells nothing. */
function readNow(read: () => string[]): string[] {
  try {
    return read();
  } catch {
    return [];
  }
}

import { readFileSync } from "node:fs";

/** Field 22 of `/proc/<pid>/stat` (clock ticks since boot), or `null` where there is no such file. */
export function processStartTime(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The command name may hold spaces and brackets; fields are counted after its last bracket.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    return null;
  }
}

/** Whether the process lives and, where that can be known, is the very one that had this start time. */
export function isAlive(pid: number, startTime: string | null): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  const current = processStartTime(pid);
  return startTime === null || current === null || current === startTime;
}

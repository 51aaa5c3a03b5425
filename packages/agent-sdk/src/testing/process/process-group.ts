// Processes of a group, where Linux tells them.
import { readFile } from "node:fs/promises";
import { type Living, living } from "./processes.ts";

/** The processes of a group that are still there; elsewhere than on Linux none are seen. */
export async function groupOf(pid: number): Promise<Living[]> {
  return pid <= 0 ? [] : (await living()).filter(({ group }) => group === pid);
}

/** CPU time a group has used, in milliseconds. */
export async function cpuOf(pid: number): Promise<number> {
  return (await groupOf(pid)).reduce((sum, { ticks }) => sum + ticks * MS_PER_TICK, 0);
}

/** Memory of the group that is its own, in MiB. */
export async function memoryOf(pid: number): Promise<number> {
  const sizes = (await groupOf(pid)).map(async ({ pid: member }) => {
    const status = await readFile(`/proc/${member}/status`, "latin1").catch(() => "");
    return Number(/^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** What Linux counts CPU time in, on every machine it runs Node on. */
const MS_PER_TICK = 10;

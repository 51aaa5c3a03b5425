// Processes of a group, where Linux tells them.
import { readdir, readFile } from "node:fs/promises";

/** Whether groups and their costs can be seen here. */
export const SEES_PROCESSES = process.platform === "linux";

/** Names of the processes of a group that are still there; elsewhere than on Linux none are seen. */
export async function groupOf(pid: number): Promise<string[]> {
  return (await membersOf(pid)).map(({ pid: member, name }) => `${name} (${member})`);
}

/** CPU time a group has used, in milliseconds. */
export async function cpuOf(pid: number): Promise<number> {
  const members = await membersOf(pid);
  return members.reduce((sum, { ticks }) => sum + ticks * MS_PER_TICK, 0);
}

/** Memory of the group that is its own, in MiB. */
export async function memoryOf(pid: number): Promise<number> {
  const members = await membersOf(pid);
  const sizes = members.map(async ({ pid: member }) => {
    const status = await readFile(`/proc/${member}/status`, "latin1").catch(() => "");
    return Number(/^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** What Linux counts CPU time in, on every machine it runs Node on. */
const MS_PER_TICK = 10;

interface Member {
  readonly pid: number;
  readonly name: string;
  readonly ticks: number;
}

async function membersOf(group: number): Promise<Member[]> {
  if (!SEES_PROCESSES || group <= 0) return [];
  const found: Member[] = [];
  for (const entry of await readdir("/proc").catch(() => [])) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = await readFile(`/proc/${entry}/stat`, "latin1").catch(() => "");
    const end = stat.lastIndexOf(")");
    // Fields from the third on: state, parent, group, … the 14th and 15th are its own time.
    const fields = stat.slice(end + 2).split(" ");
    if (Number(fields[2]) !== group || fields[0] === "Z") continue;
    const name = stat.slice(stat.indexOf("(") + 1, end);
    found.push({ pid: Number(entry), name, ticks: Number(fields[11]) + Number(fields[12]) });
  }
  return found;
}

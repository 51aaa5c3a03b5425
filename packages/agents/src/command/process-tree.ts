// Ends a command with all it has started: its children stay in our process group, where the collector meters them, so the group
// cannot be ended as a whole.
import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { promisify } from "node:util";

const LOOK_MS = 2_000;

/** Kills the process and all that descend from it; what is gone already is no error. */
export async function killTree(pid: number): Promise<void> {
  if (process.platform === "win32") {
    await promisify(execFile)("taskkill", ["/pid", String(pid), "/T", "/F"], { timeout: LOOK_MS }).catch(() => {});
    return;
  }
  // Stopped first, so that it starts nothing more while we look.
  signal(pid, "SIGSTOP");
  const parents = await parentsOf().catch(() => new Map<number, number>());
  for (const each of [pid, ...descendants(pid, parents)]) signal(each, "SIGKILL");
}

/** Every process below `pid`, by a table of process → parent. */
export function descendants(pid: number, parents: ReadonlyMap<number, number>): number[] {
  const found = new Set<number>();
  const waiting = [pid];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const [child, parent] of parents) {
      if (parent !== next || found.has(child) || child === pid) continue;
      found.add(child);
      waiting.push(child);
    }
  }
  return [...found];
}

async function parentsOf(): Promise<Map<number, number>> {
  if (process.platform !== "linux") return parentsByPs();
  const parents = new Map<number, number>();
  for (const name of await readdir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, "latin1").catch(() => "");
    // The name of the program, in parentheses, may hold anything.
    const [, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  return parents;
}

async function parentsByPs(): Promise<Map<number, number>> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid="], { timeout: LOOK_MS });
  const pairs = stdout.split("\n").flatMap((line) => {
    const found = /^\s*(\d+)\s+(\d+)/.exec(line);
    return found === null ? [] : [[Number(found[1]), Number(found[2])] as const];
  });
  return new Map(pairs);
}

function signal(pid: number, name: "SIGSTOP" | "SIGKILL"): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended meanwhile.
  }
}

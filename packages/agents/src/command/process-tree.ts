// Ends a command with all it has started: its children stay in our process group, where the collector meters them, so the group
// cannot be ended as a whole.
import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { promisify } from "node:util";

const LOOK_MS = 2_000;
/** Something that starts others faster than we look is killed as far as it was seen. */
const MOST_LOOKS = 10;

/** Kills the process and all that descend from it, and where there is a `/proc` all whose environment holds `mark` (`NAME=value`),
 *  wherever they stand by now; what is gone already is no error. */
export async function killTree(pid: number, mark: string): Promise<void> {
  if (process.platform === "win32") {
    await promisify(execFile)("taskkill", ["/pid", String(pid), "/T", "/F"], { timeout: LOOK_MS }).catch(() => {});
    return;
  }
  // Each is stopped before the next look, until there is nobody whom it could have started.
  const found = new Set<number>();
  let fresh = [pid];
  for (let look = 0; look < MOST_LOOKS && fresh.length > 0; look += 1) {
    for (const each of fresh) {
      found.add(each);
      signal(each, "SIGSTOP");
    }
    const parents = await parentsOf().catch(() => new Map<number, number>());
    const theirs = [...descendants(pid, parents), ...(await markedBy(mark, parents.keys()))];
    fresh = theirs.filter((each) => !found.has(each));
  }
  for (const each of [...found, ...fresh]) signal(each, "SIGKILL");
}

/** Nobody where the system does not say, as on macOS. */
async function markedBy(mark: string, among: Iterable<number>): Promise<number[]> {
  if (process.platform !== "linux") return [];
  const marked: number[] = [];
  for (const pid of among) {
    const environment = await readFile(`/proc/${pid}/environ`, "latin1").catch(() => "");
    if (environment.split("\0").includes(mark)) marked.push(pid);
  }
  return marked;
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

import { readdirSync } from "node:fs";
import { setPriority } from "node:os";

/** Sets how willingly processes give way, from -20 to 19 (most willingly); on Linux for every thread they have. Processes that
 *  are gone count as done. Who is not root may raise it but not lower it again: `not-permitted`. */
export function setNice(pids: readonly number[], nice: number): "done" | "not-permitted" {
  let answer: "done" | "not-permitted" = "done";
  for (const pid of pids) {
    for (const id of threadsOf(pid)) {
      if (!set(id, nice)) answer = "not-permitted";
    }
  }
  return answer;
}

/** Linux keeps the value per thread, and `setpriority` of a process reaches its first thread only. */
function threadsOf(pid: number): number[] {
  if (process.platform !== "linux") return [pid];
  try {
    return readdirSync(`/proc/${pid}/task`).map(Number);
  } catch {
    return [pid];
  }
}

function set(id: number, nice: number): boolean {
  try {
    setPriority(id, nice);
    return true;
  } catch (error) {
    const cause = error instanceof Error && "info" in error ? (error.info as { code?: string }).code : undefined;
    if (cause === "EPERM" || cause === "EACCES") return false;
    if (cause === "ESRCH") return true;
    throw error;
  }
}

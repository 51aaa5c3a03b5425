import { getPriority } from "node:os";
import { setNice } from "@mimolo/supervisor";

const LOWER_BY = 10;
const LOWEST = 19;

/** The scheduling priority of processes that take too much. */
export interface Priority {
  /** False when it is not permitted. */
  lower(pids: readonly number[]): boolean;
  restore(pids: readonly number[]): boolean;
}

/** Ten steps nicer than the collector itself, and back. Without privileges most systems do not permit the way back. */
export function nodePriority(): Priority {
  const own = () => getPriority();
  return {
    lower: (pids) => setNice(pids, Math.min(LOWEST, own() + LOWER_BY)) === "done",
    restore: (pids) => setNice(pids, own()) === "done",
  };
}

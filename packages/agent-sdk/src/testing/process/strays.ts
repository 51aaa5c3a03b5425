// Processes that left the group of the one that started them, as daemons do. Each run has an id of its own in the environment,
// which they keep: who clears it, or becomes another user, is not found, nor is anybody elsewhere than on Linux.
import { hasInEnvironment, type Living, living, livingNow } from "./processes.ts";

/** Where a collector, too, puts the id of a run. */
export const RUN_ID = "MIMOLO_RUN_ID";

/** A process that was just found may have started another one. */
const MOST_ROUNDS = 50;
const APART_MS = 20;

export interface Run {
  /** The first process; its group has the same number. */
  readonly pid: number;
  readonly runId: string;
}

/** Who is alive of a run, outside its group. */
export async function straysOf(run: Run): Promise<Living[]> {
  return outside(await living(), run);
}

/** Ends them, until nobody is left. */
export async function endStrays(run: Run): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const strays = await straysOf(run);
    if (strays.length === 0) return;
    endAll(strays);
    await new Promise((resolve) => setTimeout(resolve, APART_MS));
  }
}

/** The same without waiting, for whoever must go itself. */
export function endStraysNow(run: Run): void {
  endAll(outside(livingNow(), run));
}

function outside(all: readonly Living[], { pid, runId }: Run): Living[] {
  return all.filter((one) => one.group !== pid && hasInEnvironment(one.pid, `${RUN_ID}=${runId}`));
}

function endAll(strays: readonly Living[]): void {
  for (const { pid } of strays) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It has just gone.
    }
  }
}

import { availableParallelism, loadavg } from "node:os";

/** However busy the machine is, nobody waits longer than so many times. */
const MOST_TIMES = 3;

/** How long to wait for what takes `ms` at most on a machine that is not overloaded: on one where twice as many processes want
 *  to run as can, twice as long. Windows does not tell its load. */
export function patience(ms: number): number {
  const [load = 0] = loadavg();
  return Math.round(ms * Math.min(MOST_TIMES, Math.max(1, load / availableParallelism())));
}

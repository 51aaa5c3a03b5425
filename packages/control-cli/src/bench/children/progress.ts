/** What a measured process did with the lines of its agents, and what that has cost it in all its threads. */
export interface Progress {
  readonly lines: number;
  readonly cpuMs: number;
}

export function progressOf(lines: number): Progress {
  const { user, system } = process.cpuUsage();
  return { lines, cpuMs: (user + system) / 1000 };
}

/** Lets processes and their groups stand still, or go on: whoever is not measured costs nothing meanwhile. */
export function setStill(pids: readonly number[], still: boolean): void {
  for (const pid of pids) process.kill(-pid, still ? "SIGSTOP" : "SIGCONT");
}

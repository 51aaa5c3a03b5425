/** What this process has cost so far. */
export interface Usage {
  readonly cpuMs: number;
  readonly rssMib: number;
  readonly rssMaxMib: number;
  /** Monotonic, of this process. */
  readonly atMs: number;
}

export function usage(): Usage {
  const { user, system } = process.cpuUsage();
  return {
    cpuMs: (user + system) / 1000,
    rssMib: process.memoryUsage.rss() / 2 ** 20,
    rssMaxMib: process.resourceUsage().maxRSS / 1024,
    atMs: performance.now(),
  };
}

// A whole collector with agents to measure with.
import { type Collector, createCollector, defaultConfig } from "@mimolo/operations";
import { thriftyHeap } from "../../run/thrifty-heap.ts";
import { tidyAfterStarts } from "../../run/tidy-heap.ts";
import type { AgentCommand } from "./agent-command.ts";
import { probeSpawn } from "./probe-spawn.ts";
import { progressOf, setStill } from "./progress.ts";
import { serve } from "./serve.ts";
import { usage } from "./usage.ts";
import { withoutSync as quick } from "./without-sync.ts";

/** What to run, and how. */
export interface CollectorStart {
  readonly dataDir: string;
  readonly cwd: string;
  readonly agents: readonly AgentCommand[];
  /** Scripts of theirs that may run, too. */
  readonly allow?: readonly string[];
  /** Of the control API; 0: any free one. Default: none, nothing listens on TCP. */
  readonly port?: number;
  /** Without the ceilings on messages and bytes. */
  readonly unlimited?: boolean;
  /** Never waits for the disk: what is written is left to the system. */
  readonly withoutSync?: boolean;
  /** Label of the agent whose heartbeats say when they were written. */
  readonly probe?: string;
}

/** How long after a SIGKILL its agent left `running`, and was there again. */
export interface Recovery {
  readonly noticedMs: number;
  readonly runningMs: number;
}

const NO_CEILINGS = { messages_per_s: 0, bytes_per_s: 0 };

let collector: Collector | null = null;
let delaysMs: number[] = [];

serve({
  async start({ dataDir, cwd, agents, allow = [], port, unlimited, withoutSync, probe }: CollectorStart) {
    const config = defaultConfig();
    // As `mimolo run` does.
    thriftyHeap();
    collector = await createCollector({
      dataDir,
      cwd,
      config: unlimited === true ? { ...config, monitor: { ...config.monitor, ...NO_CEILINGS } } : config,
      plugins: Object.fromEntries(
        agents.map(({ label, executable, args }) => [label, { executable, args: [...args] }]),
      ),
      allow: [...agents.map(({ executable }) => executable), ...allow],
      control: port === undefined ? { dashboard: false } : { port },
      ...(withoutSync === true ? { fileSystem: quick } : {}),
      ...(probe === undefined
        ? {}
        : {
            spawn: probeSpawn(
              probe,
              () => linesOf(probe),
              (ms) => delaysMs.push(ms),
            ),
          }),
    });
    tidyAfterStarts(collector);
    const up = allRunning(collector, agents.length);
    await collector.start();
    await up;
    return { socket: collector.address, http: collector.http };
  },
  usage,
  delays() {
    const taken = delaysMs;
    delaysMs = [];
    return taken;
  },
  lines: () => lines(),
  progress: () => progressOf(lines()),
  still: ({ still }: { still: boolean }) =>
    setStill(
      running()
        .status()
        .agents.flatMap(({ pid }) => pid ?? []),
      still,
    ),
  conditions: () =>
    counted(
      running()
        .status()
        .agents.map(({ state, condition }) => `${state} ${condition}`),
    ),
  recover: ({ label }: { label: string }) => recover(running(), label),
  async end() {
    await collector?.stop({ hurry: true });
  },
});

function running(): Collector {
  if (collector === null) throw new Error("the collector was not started");
  return collector;
}

function lines(): number {
  return running()
    .status()
    .agents.reduce((total, { counters }) => total + counters.lines, 0);
}

function linesOf(label: string): number {
  return (
    running()
      .status()
      .agents.find((agent) => agent.label === label)?.counters.lines ?? 0
  );
}

function allRunning(starting: Collector, count: number): Promise<void> {
  const up = new Set<string>();
  return new Promise((resolve) => {
    const stop = starting.on("agent:state", ({ label, state }) => {
      if (state !== "running") return;
      up.add(label);
      if (up.size < count) return;
      stop();
      resolve();
    });
  });
}

function recover(watched: Collector, label: string): Promise<Recovery> {
  const { pid } = watched.status().agents.find((agent) => agent.label === label) ?? {};
  if (typeof pid !== "number") throw new Error(`${label} does not run`);
  return new Promise((resolve) => {
    let noticedMs = 0;
    const beganMs = performance.now();
    const stop = watched.on("agent:state", (change) => {
      if (change.label !== label) return;
      if (change.state !== "running") noticedMs ||= performance.now() - beganMs;
      else {
        stop();
        resolve({ noticedMs, runningMs: performance.now() - beganMs });
      }
    });
    process.kill(pid, "SIGKILL");
  });
}

function counted(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

// A collector with an action that does nothing, beside a process that only sends JSON back: both are asked the same way.
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { type Collector, createCollector } from "@mimolo/operations";
import { median, quantile } from "../statistics.ts";
import { serve } from "./serve.ts";

export interface InvokeStart {
  readonly dataDir: string;
  readonly cwd: string;
  readonly action: string;
  readonly echo: string;
}

/** What one turn came to: milliseconds of single calls, one after the other. */
export interface RoundTrips {
  readonly medianMs: number;
  readonly p99Ms: number;
}

const LABEL = "action";
/** Nobody else is called that often: it would be restarted for it. */
const ALL_IT_TAKES = 400;
const CALL = { interface: "action", method: "execute", params: { n: 1 } } as const;

let collector: Collector | null = null;
let echo: Echo | null = null;

serve({
  async start({ dataDir, cwd, action, echo: program }: InvokeStart) {
    echo = new Echo(program);
    collector = await createCollector({
      dataDir,
      cwd,
      control: false,
      plugins: { [LABEL]: { executable: process.execPath, args: [action], cpu_budget_percent: ALL_IT_TAKES } },
      allow: [action, process.execPath],
    });
    await collector.start();
    await invoke();
    await echo.ask();
  },
  calls: ({ count }: { count: number }) => oneByOne(invoke, count),
  echoes: ({ count }: { count: number }) => oneByOne(ask, count),
  callsPerSecond: (how: Burst) => perSecond(invoke, how),
  echoesPerSecond: (how: Burst) => perSecond(ask, how),
  async end() {
    echo?.end();
    await collector?.stop({ hurry: true });
  },
});

interface Burst {
  readonly count: number;
  /** Under way at once. */
  readonly width: number;
}

async function invoke(): Promise<void> {
  await collector?.plugins.invoke(LABEL, CALL);
}

async function ask(): Promise<void> {
  await echo?.ask();
}

async function oneByOne(act: () => Promise<void>, count: number): Promise<RoundTrips> {
  const tookMs: number[] = [];
  for (let each = 0; each < count; each += 1) {
    const fromMs = performance.now();
    await act();
    tookMs.push(performance.now() - fromMs);
  }
  return { medianMs: median(tookMs), p99Ms: quantile(tookMs, 0.99) };
}

async function perSecond(act: () => Promise<void>, { count, width }: Burst): Promise<number> {
  let left = count;
  const fromMs = performance.now();
  const one = async () => {
    while (left > 0) {
      left -= 1;
      await act();
    }
  };
  await Promise.all(Array.from({ length: width }, one));
  return count / ((performance.now() - fromMs) / 1_000);
}

/** The control: a line of JSON there and back, each read and written anew on both sides. */
class Echo {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<string, () => void>();
  #last = 0;

  constructor(program: string) {
    const child = spawn(process.execPath, [program], { stdio: ["pipe", "pipe", "ignore"] });
    this.#child = child;
    createInterface({ input: child.stdout }).on("line", (line) => {
      const { id } = JSON.parse(line) as { id: string };
      this.#waiting.get(id)?.();
      this.#waiting.delete(id);
    });
  }

  ask(): Promise<void> {
    this.#last += 1;
    const id = `call-${this.#last}`;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#child.stdin?.write(`${JSON.stringify({ cmd: "invoke", id, params: CALL })}\n`);
    });
  }

  end(): void {
    this.#child.kill("SIGKILL");
  }
}

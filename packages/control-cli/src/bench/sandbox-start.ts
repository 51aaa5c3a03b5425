import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import {
  type Confinement,
  confine,
  describeRuntime,
  nodeSpawn,
  probeSandbox,
  type SpawnRequest,
} from "@mimolo/supervisor";
import { scrubbedEnvironment } from "./environment.ts";
import { NotMeasured } from "./not-measured.ts";
import { packageFile } from "./package-files.ts";
import type { Scenario } from "./scenario.ts";
import { median, type Pair } from "./statistics.ts";
import type { Workbench } from "./workbench.ts";

/** The quickest of so many starts makes one measurement: whatever else the machine does only ever adds to it. */
const STARTS = 5;

/** From the spawn of an SDK agent to its first line: as it is, and confined as a package without grants is. The value is what
 *  the sandbox adds. */
export const sandboxStart: Scenario = {
  figures: {
    sandbox_start: {
      unit: "ms added",
      target: 10,
      targetOf: "value",
      what: "what the sandbox adds to the start of an agent",
    },
  },
  async measure(bench) {
    const sandbox = probeSandbox();
    if (sandbox.bubblewrap === null) throw new NotMeasured(sandbox.why);
    const agent = packageFile("dist", "bench", "children", "sdk-agent.cjs");
    const home = bench.fresh();
    const ownFolder = bench.fresh();
    const bare: SpawnRequest = {
      executable: process.execPath,
      args: [agent],
      cwd: ownFolder,
      environment: { ...scrubbedEnvironment(), MIMOLO_AGENT_DATA_DIR: ownFolder },
    };
    const around = { env: bare.environment, home };
    const confined = (): SpawnRequest => {
      const confinement: Confinement = {
        capabilities: new Set(),
        files: "none",
        ownFolder,
        program: [dirname(agent)],
        hidden: [],
        verified: { path: agent, bytes: readFileSync(agent) },
        runtime: describeRuntime(process.execPath, { env: bare.environment, cwd: ownFolder, firstFile: agent }),
      };
      return confine(bare, confinement, sandbox, around).request;
    };
    const rounds = bench.rounds(15, 5);
    const pairs: Pair[] = [];
    for (let round = 0; round <= rounds; round++) {
      bench.progress(`sandbox_start: round ${round} of ${rounds}`);
      const pair = await inTurns(bench, { baseline: () => bare, value: confined });
      // The first pair warms the page cache.
      if (round > 0) pairs.push(pair);
    }
    const added = median(pairs.map(({ value, baseline }) => value - baseline));
    return { sandbox_start: { pairs, value: added, more: { confined_ms: median(pairs.map(({ value }) => value)) } } };
  },
};

async function inTurns(bench: Workbench, sides: Record<keyof Pair, () => SpawnRequest>): Promise<Pair> {
  const baseline: number[] = [];
  const value: number[] = [];
  for (let start = 0; start < STARTS; start++) {
    baseline.push(await firstLineMs(bench, sides.baseline));
    value.push(await firstLineMs(bench, sides.value));
  }
  return { baseline: Math.min(...baseline), value: Math.min(...value) };
}

/** What is done to prepare the spawn counts too. Resolves once the process is gone. */
function firstLineMs(bench: Workbench, requestOf: () => SpawnRequest): Promise<number> {
  bench.signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    let tookMs: number | null = null;
    let lastWords = "";
    const startedMs = performance.now();
    const child = nodeSpawn(requestOf(), {
      stdout(chunk) {
        if (tookMs !== null || !chunk.includes(10)) return;
        tookMs = performance.now() - startedMs;
        child?.signalGroup("SIGKILL");
      },
      stderr(chunk) {
        lastWords = `${lastWords}${Buffer.from(chunk).toString()}`.slice(-500);
      },
      outputEnded: () => undefined,
      drained: () => undefined,
      exited() {
        bench.signal.removeEventListener("abort", end);
        child?.release();
        if (tookMs === null) reject(new Error(`the agent ended without a line: ${lastWords}`));
        else resolve(tookMs);
      },
      failed: (_code, message) => reject(new Error(message)),
    });
    const end = () => void child?.signalGroup("SIGKILL");
    bench.signal.addEventListener("abort", end, { once: true });
  });
}

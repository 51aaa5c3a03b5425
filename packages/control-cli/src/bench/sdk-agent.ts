import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { scrubbedEnvironment } from "./environment.ts";
import { packageFile } from "./package-files.ts";
import { NotMeasured } from "./not-measured.ts";
import type { Scenario } from "./scenario.ts";
import { median, type Pair } from "./statistics.ts";
import type { Workbench } from "./workbench.ts";

const REST_MS = 900;
const ACK = { cmd: "ack", ack: "handshake", accepted: true, app_version: "0.4.0", protocol_version: "0.4" };

interface Cost {
  readonly cpuMs: number;
  readonly privateMib: number;
}

/** An SDK agent in one file beside a Node process that does nothing, once both rest. */
export const sdkAgent: Scenario = {
  figures: {
    sdk_memory: {
      unit: "MiB private",
      target: 1.15,
      targetOf: "ratio",
      what: "the private memory of an SDK agent",
    },
    sdk_start: { unit: "ms CPU", target: 1.15, targetOf: "ratio", what: "the start of an SDK agent" },
  },
  async measure(bench) {
    if (!existsSync("/proc/self/smaps_rollup")) throw new NotMeasured("needs Linux's /proc");
    const agent = packageFile("dist", "bench", "children", "sdk-agent.cjs");
    const empty = join(bench.folder, "empty.mjs");
    writeFileSync(empty, "setInterval(() => {}, 1 << 30);\n");
    // Agents run beside others: pages of Node's own file that they share are nobody's private memory.
    const others = [start(bench, empty), start(bench, agent)];
    const rounds = bench.rounds(15, 5);
    const pairs: { value: Cost; baseline: Cost }[] = [];
    const spooled: number[] = [];
    for (let round = 0; round <= rounds; round++) {
      bench.progress(`sdk_memory, sdk_start: round ${round} of ${rounds}`);
      const pair = { baseline: await cost(bench, empty), value: await cost(bench, agent) };
      // As a collector starts it: with a folder of its own.
      const durable = await cost(bench, agent, join(bench.folder, "agent"));
      // The first pair warms the page cache.
      if (round === 0) continue;
      pairs.push(pair);
      spooled.push(durable.cpuMs / pair.baseline.cpuMs);
    }
    for (const other of others) other.kill("SIGKILL");
    const pairsOf = (key: keyof Cost): Pair[] =>
      pairs.map(({ value, baseline }) => ({ value: value[key], baseline: baseline[key] }));
    return {
      sdk_memory: { pairs: pairsOf("privateMib") },
      sdk_start: { pairs: pairsOf("cpuMs"), more: { spool_ratio: median(spooled) } },
    };
  },
};

type Child = ChildProcessByStdio<Writable, Readable, null>;

function start(bench: Workbench, file: string, dataDir?: string): Child {
  const child = spawn(process.execPath, [file], {
    stdio: ["pipe", "pipe", "ignore"],
    env: { ...scrubbedEnvironment(), ...(dataDir === undefined ? {} : { MIMOLO_AGENT_DATA_DIR: dataDir }) },
  });
  child.stdin.on("error", () => undefined);
  child.stdin.write(`${JSON.stringify(ACK)}\n`);
  if (dataDir === undefined) child.stdout.resume();
  else child.stdout.once("data", (handshake: Buffer) => settle(child, handshake)).resume();
  bench.keep(child);
  return child;
}

/** Tells a durable agent, as a collector does right after the `ack`, that it has nothing of it yet. */
function settle({ stdin }: Child, handshake: Buffer): void {
  const [line = ""] = handshake.toString().split("\n");
  const { stream } = JSON.parse(line) as { stream: string };
  stdin.write(`${JSON.stringify({ cmd: "committed", params: { stream, through: 0 } })}\n`);
}

/** CPU milliseconds of all threads and private MiB of `file`, once it rests; with a place for a spool in `dataDir`. */
async function cost(bench: Workbench, file: string, dataDir?: string): Promise<Cost> {
  const child = start(bench, file, dataDir);
  await bench.sleep(REST_MS);
  const proc = (name: string) => readFileSync(`/proc/${child.pid}/${name}`, "latin1");
  const cpuNs = readdirSync(`/proc/${child.pid}/task`).map((task) =>
    Number(proc(`task/${task}/schedstat`).split(" ")[0]),
  );
  const privateKib = [...proc("smaps_rollup").matchAll(/^Private_\w+:\s+(\d+)/gm)].map(([, kib]) => Number(kib));
  child.kill("SIGKILL");
  await once(child, "exit");
  return { cpuMs: sum(cpuNs) / 1e6, privateMib: sum(privateKib) / 1024 };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

// One collector without agents, from nothing until it answers; once in each process.
import { readFileSync } from "node:fs";
import { request } from "node:http";
import { type Collector, createCollector } from "@mimolo/operations";
import { serve } from "./serve.ts";

/** What the start of a collector took. */
export interface StartCost {
  /** Until `start` was over. */
  readonly startedMs: number;
  /** Until it had answered. */
  readonly tookMs: number;
  readonly cpuMs: number;
  /** Memory that only this process has, at rest afterwards; `null` where the system does not tell. */
  readonly privateMib: number | null;
}

const REST_MS = 500;

let collector: Collector | null = null;

serve({
  async start({ dataDir, control }: { dataDir: string; control: boolean }): Promise<StartCost> {
    const before = process.cpuUsage();
    const beganMs = performance.now();
    collector = await createCollector({ dataDir, control: control ? { port: 0 } : false });
    await collector.start();
    const startedMs = performance.now() - beganMs;
    if (control) await askHealth(collector.address ?? "");
    const tookMs = performance.now() - beganMs;
    const { user, system } = process.cpuUsage(before);
    await new Promise((resolve) => setTimeout(resolve, REST_MS));
    return { startedMs, tookMs, cpuMs: (user + system) / 1_000, privateMib: privateMib() };
  },
  async end() {
    await collector?.stop({ hurry: true });
  },
});

function askHealth(socketPath: string): Promise<void> {
  return new Promise((resolve, reject) => {
    request({ socketPath, path: "/api/v1/health" }, (reply) => {
      reply.resume().on("end", () => {
        if (reply.statusCode === 200) resolve();
        else reject(new Error(`health answered ${reply.statusCode}`));
      });
    })
      .on("error", reject)
      .end();
  });
}

/** Written pages alone: those of a file count as shared or as private by whether somebody else runs that program too. */
function privateMib(): number | null {
  if (process.platform !== "linux") return null;
  const kib = /^Private_Dirty:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/smaps_rollup", "latin1"))?.[1];
  return kib === undefined ? null : Number(kib) / 1024;
}

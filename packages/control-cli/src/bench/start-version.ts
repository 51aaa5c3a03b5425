import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { scrubbedEnvironment } from "./environment.ts";
import { packageFile } from "./package-files.ts";
import type { Scenario } from "./scenario.ts";
import type { Pair } from "./statistics.ts";
import type { Workbench } from "./workbench.ts";

/** A tick of `/proc` is 10 ms: so many starts make one measurement. */
const STARTS = 8;

/** `mimolo --version` beside an empty `node`. */
export const startVersion: Scenario = {
  figures: {
    start_version: {
      unit: process.platform === "linux" ? "ms CPU" : "ms wall",
      target: 1.2,
      targetOf: "ratio",
      what: "`mimolo --version`",
    },
  },
  async measure(bench) {
    const version = [packageFile("bin", "mimolo.js"), "--version"];
    const empty = ["-e", "0"];
    const rounds = bench.rounds(15, 5);
    const pairs: Pair[] = [];
    for (let round = 0; round <= rounds; round++) {
      bench.progress(`start_version: round ${round} of ${rounds}`);
      const pair = { baseline: await costMs(bench, empty), value: await costMs(bench, version) };
      // The first pair warms the page cache.
      if (round > 0) pairs.push(pair);
    }
    return { start_version: { pairs } };
  },
};

async function costMs(bench: Workbench, args: readonly string[]): Promise<number> {
  const before = spentMs();
  for (let start = 0; start < STARTS; start++) {
    bench.signal.throwIfAborted();
    const child = spawn(process.execPath, args, { stdio: "ignore", env: scrubbedEnvironment() });
    await once(bench.keep(child), "exit");
  }
  return (spentMs() - before) / STARTS;
}

/** CPU of all children that have ended, on Linux; elsewhere the clock on the wall. */
function spentMs(): number {
  if (process.platform !== "linux") return performance.now();
  const fields = readFileSync("/proc/self/stat", "latin1")
    .replace(/^.*\) /s, "")
    .split(" ");
  const [userTicks, systemTicks] = [Number(fields[13]), Number(fields[14])];
  return (userTicks + systemTicks) * 10;
}

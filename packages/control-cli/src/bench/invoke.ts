import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RoundTrips } from "./children/invoke.ts";
import { packageFile } from "./package-files.ts";
import type { Scenario } from "./scenario.ts";
import { median, type Pair } from "./statistics.ts";

/** So many are asked for at least. */
const LEAST_PER_SECOND = 5_000;
const WIDTH = 64;

const ECHO = `
import { createInterface } from "node:readline";
createInterface({ input: process.stdin }).on("line", (line) => {
  const { id } = JSON.parse(line);
  process.stdout.write(JSON.stringify({ type: "result", id, ok: true, data: null }) + "\\n");
});
`;

/** A call to an action that does nothing, through a whole collector, beside a line of JSON there and back on the same kind of pipes.
 *  The value is what the call adds to that. */
export const invoke: Scenario = {
  figures: {
    invoke: {
      unit: "ms added",
      target: 1,
      targetOf: "value",
      what: "what a call to an empty action adds to its pipes",
    },
  },
  async measure(bench) {
    const echo = join(bench.folder, "echo.mjs");
    writeFileSync(echo, ECHO);
    const action = packageFile("dist", "bench", "children", "empty-action.cjs");
    const rounds = bench.rounds(11, 5);
    const count = bench.quick ? 1_000 : 3_000;
    const burst = { count: bench.quick ? 3_000 : 8_000, width: WIDTH };
    return bench.with("invoke", async (helper) => {
      await helper.ask("start", { dataDir: bench.fresh(), cwd: bench.folder, action, echo });
      const pairs: Pair[] = [];
      const tripsMs: number[] = [];
      const slowestMs: number[] = [];
      const rates: Pair[] = [];
      for (let round = 0; round <= rounds; round++) {
        bench.progress(`invoke: round ${round} of ${rounds}`);
        const { medianMs: baseline } = await helper.ask<RoundTrips>("echoes", { count });
        const { medianMs, p99Ms } = await helper.ask<RoundTrips>("calls", { count });
        // Nobody may call more often than the collector lets them: its allowance is whole again after a second.
        await bench.sleep(1_000);
        const rate = {
          baseline: await helper.ask<number>("echoesPerSecond", burst),
          value: await helper.ask<number>("callsPerSecond", burst),
        };
        // Both programs are slow until they are compiled.
        if (round === 0) continue;
        pairs.push({ value: medianMs - baseline, baseline });
        tripsMs.push(medianMs);
        slowestMs.push(p99Ms);
        rates.push(rate);
      }
      const perSecond = median(rates.map(({ value }) => value));
      const more = {
        round_trip_ms: median(tripsMs),
        p99_ms: median(slowestMs),
        per_second: perSecond,
        echoes_per_second: median(rates.map(({ baseline }) => baseline)),
      };
      return { invoke: { pairs, more, kept: perSecond >= LEAST_PER_SECOND } };
    });
  },
};

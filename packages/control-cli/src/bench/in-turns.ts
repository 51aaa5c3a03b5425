import type { Progress } from "./children/progress.ts";
import type { Helper } from "./helper.ts";
import type { Pair } from "./statistics.ts";
import type { Workbench } from "./workbench.ts";

/** A measured process and what to start in it. */
export interface Side {
  readonly name: string;
  readonly start: object;
}

/** Lines per second of CPU of two processes whose agents write as fast as they are read. Both stay; in turns the agents of one
 *  write and those of the other stand still. */
export function linesPerCpuSecond(
  bench: Workbench,
  figure: string,
  sides: { readonly value: Side; readonly baseline: Side },
): Promise<Pair[]> {
  return bench.with(sides.baseline.name, (baseline) =>
    bench.with(sides.value.name, async (value) => {
      const times = bench.quick ? QUICK : FULL;
      await warmUp(bench, baseline, sides.baseline.start, times.warmMs);
      await warmUp(bench, value, sides.value.start, times.warmMs);
      const pairs: Pair[] = [];
      for (let round = 1; round <= times.rounds; round++) {
        bench.progress(`${figure}: round ${round} of ${times.rounds}`);
        pairs.push({
          baseline: await turn(bench, baseline, times.turnMs),
          value: await turn(bench, value, times.turnMs),
        });
      }
      return pairs;
    }),
  );
}

const FULL = { rounds: 9, turnMs: 1_500, warmMs: 3_000 };
const QUICK = { rounds: 5, turnMs: 700, warmMs: 1_500 };
/** Until it flows again, and until what was on the way has arrived. */
const SETTLE_MS = 250;

async function warmUp(bench: Workbench, helper: Helper, start: object, warmMs: number): Promise<void> {
  await helper.ask("start", start);
  await bench.sleep(warmMs);
  await helper.ask("still", { still: true });
  await bench.sleep(SETTLE_MS);
}

async function turn(bench: Workbench, helper: Helper, turnMs: number): Promise<number> {
  await helper.ask("still", { still: false });
  await bench.sleep(SETTLE_MS);
  const before = await helper.ask<Progress>("progress");
  await bench.sleep(turnMs);
  const after = await helper.ask<Progress>("progress");
  await helper.ask("still", { still: true });
  await bench.sleep(SETTLE_MS);
  return ((after.lines - before.lines) / (after.cpuMs - before.cpuMs)) * 1000;
}

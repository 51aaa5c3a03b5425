import type { Usage } from "./children/usage.ts";
import type { Scenario } from "./scenario.ts";
import { median, type Pair } from "./statistics.ts";
import type { Workbench } from "./workbench.ts";

const RSS_TARGET_MIB = 100;

type Cost = Pick<Usage, "cpuMs" | "rssMaxMib">;

/** Four hours out of a month of evidence, beside reading and parsing just the lines of those four hours. */
export const windowQuery: Scenario = {
  figures: {
    window_query: { unit: "ms CPU", target: 2, targetOf: "ratio", what: "a query of four hours of evidence" },
  },
  async measure(bench) {
    const root = await month(bench, "window_query");
    return bench.with("history", async (history) => {
      await history.ask("prepare", { root });
      const rounds = bench.rounds(11, 5);
      const pairs: Pair[] = [];
      for (let round = 0; round <= rounds; round++) {
        bench.progress(`window_query: round ${round} of ${rounds}`);
        const pair = { baseline: await history.ask<number>("block"), value: await history.ask<number>("query") };
        // The first pair is for the compiler.
        if (round > 0) pairs.push(pair);
      }
      return { window_query: { pairs } };
    });
  },
};

/** The timeline of 30 days with 50,000 records in a fresh process, beside parsing their lines. */
export const monthReport: Scenario = {
  figures: {
    report_30d: {
      unit: "ms CPU",
      target: 500,
      targetOf: "value",
      what: "the timeline of 30 days (below 100 MB)",
    },
  },
  async measure(bench) {
    const root = await month(bench, "report_30d");
    const rounds = bench.rounds(7, 3);
    const pairs: Pair[] = [];
    const rssMibs: number[] = [];
    for (let round = 1; round <= rounds; round++) {
      bench.progress(`report_30d: round ${round} of ${rounds}`);
      const baseline = await bench.with("history", (history) => history.ask<Cost>("parse", { root }));
      const value = await bench.with("history", (history) => history.ask<Cost>("report", { root }));
      pairs.push({ value: value.cpuMs, baseline: baseline.cpuMs });
      rssMibs.push(value.rssMaxMib);
    }
    const rssMaxMib = median(rssMibs);
    const more = { rss_max_mib: rssMaxMib, rss_target_mib: RSS_TARGET_MIB };
    return { report_30d: { pairs, more, kept: rssMaxMib < RSS_TARGET_MIB } };
  },
};

async function month(bench: Workbench, figure: string): Promise<string> {
  const root = bench.fresh();
  bench.progress(`${figure}: writing a month of records`);
  await bench.with("history", (history) => history.ask("write", { root }));
  return root;
}

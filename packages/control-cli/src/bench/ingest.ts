import { nativeAgents } from "./children/agent-command.ts";
import type { FigureSpec } from "./figure.ts";
import { linesPerCpuSecond } from "./in-turns.ts";
import type { Scenario } from "./scenario.ts";

const UNIT = "lines per CPU s";

interface Load {
  readonly name: string;
  readonly agents: number;
  /** Every how manyth line is a summary of 440 bytes; the others are heartbeats of 117. */
  readonly summaryEvery: number;
  readonly target: number;
  readonly what: string;
}

const loads: readonly Load[] = [
  { name: "ingest_one", agents: 1, summaryEvery: 10, target: 0.8, what: "ingest from one agent" },
  { name: "ingest_hundred", agents: 100, summaryEvery: 10, target: 0.75, what: "ingest from a hundred agents" },
  { name: "ingest_summaries", agents: 1, summaryEvery: 1, target: 0.35, what: "ingest of nothing but summaries" },
];

/** Lines that a whole collector takes in a second of its CPU, validated, chained and durable, beside a loop that reads the same
 *  agents and does nothing but `JSON.parse`. The ceilings on rates are off. */
export const ingest: readonly Scenario[] = loads.map(({ name, agents, summaryEvery, target, what }) => {
  const figure: FigureSpec = { unit: UNIT, target, targetOf: "ratio", atLeast: true, what };
  return {
    figures: { [name]: figure },
    async measure(bench) {
      const flooding = nativeAgents(await bench.agent(), agents, ["flood", "5000", "0", String(summaryEvery)], "flood");
      const started = { agents: flooding, cwd: bench.folder };
      const pairs = await linesPerCpuSecond(bench, name, {
        value: { name: "collector", start: { ...started, dataDir: bench.fresh(), unlimited: true } },
        baseline: { name: "plain-reader", start: started },
      });
      return { [name]: { pairs } };
    },
  };
});

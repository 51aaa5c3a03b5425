import { shortened } from "./cut.ts";
import type { ReadOutput } from "./read-output.ts";

const MOST_LINES = 100;
const LONGEST_LINE = 1_000;

/** Every line that is not empty; the last 100 are kept, each up to 1,000 characters. */
export function readLines(stdout: string): ReadOutput {
  const lines = stdout.split(/\r?\n/).filter((line) => line.trim() !== "");
  return {
    ok: true,
    fields: {
      lines: lines.slice(-MOST_LINES).map((line) => shortened(line, LONGEST_LINE)),
      lines_total: lines.length,
    },
  };
}

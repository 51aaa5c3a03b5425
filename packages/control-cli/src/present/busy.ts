import type { Output } from "../output.ts";
import { LiveLine } from "./live-line.ts";
import { printable } from "./width.ts";

/** What is quick needs no word. */
const WORTH_A_WORD_MS = 300;

/** Shows at a terminal what takes a while, as long as it takes. */
export async function whileBusy<Result>(output: Output, doing: string, work: () => Promise<Result>): Promise<Result> {
  const line = new LiveLine(output, !output.options.quiet && !output.options.json);
  const timer = setTimeout(() => line.show(`${printable(doing)} …`), WORTH_A_WORD_MS);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
    line.clear();
  }
}

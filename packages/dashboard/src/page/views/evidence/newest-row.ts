import { type ReadPage, readRange } from "./read-range.ts";
import type { Row } from "./row.ts";
import type { Slice } from "./slices.ts";

/** The newest of what a range holds, read from its end; `null` where it holds nothing. */
export async function newestRow(range: Slice, readPage: ReadPage): Promise<Row | null> {
  for await (const { rows } of readRange(range, readPage)) {
    const newest = rows.at(-1);
    if (newest !== undefined) return newest;
  }
  return null;
}

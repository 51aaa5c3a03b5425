import type { EvidenceRecord } from "@mimolo/protocol";
import { type Row, rowOf } from "./row.ts";
import { type ReadSlice, type Slice, sliceBefore } from "./slices.ts";

/** What a page of records is asked with: times in ISO-8601. */
export interface PageWanted {
  readonly from: string;
  readonly to: string;
  readonly cursor?: string;
  readonly limit: number;
}

export interface RecordPage {
  readonly items: readonly EvidenceRecord[];
  readonly next_cursor: string | null;
}

export type ReadPage = (wanted: PageWanted) => Promise<RecordPage>;

/** As many as a page may have. */
const LIMIT = 1_000;

/** Reads a range from its end to its begin. Each batch is in commit order, and comes before those that were given already; it is
 *  given with the share of the range that is read. */
export async function* readRange(
  range: Slice,
  readPage: ReadPage,
): AsyncGenerator<{ rows: readonly Row[]; share: number }> {
  let last: ReadSlice | null = null;
  for (let slice = sliceBefore(range, last); slice !== null; slice = sliceBefore(range, last)) {
    const rows: Row[] = [];
    let cursor: string | undefined;
    do {
      const times = { from: new Date(slice.fromMs).toISOString(), to: new Date(slice.toMs).toISOString() };
      const page: RecordPage = await readPage({ ...times, limit: LIMIT, ...(cursor === undefined ? {} : { cursor }) });
      for (const record of page.items) rows.push(rowOf(record));
      cursor = page.next_cursor ?? undefined;
    } while (cursor !== undefined);
    last = { ...slice, records: rows.length };
    yield { rows, share: (range.toMs - slice.fromMs) / (range.toMs - range.fromMs) };
  }
}

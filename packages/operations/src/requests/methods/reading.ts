import { EvidenceRecord, parseTimestamp } from "@mimolo/protocol";
import { z } from "zod";
import type { Archive } from "../../reading/archive.ts";
import { answered, refused } from "../answer.ts";
import { method, type RequestMethod } from "../request-method.ts";
import { OneAtATime } from "../one-at-a-time.ts";

const kinds = EvidenceRecord.options.map((option) => option.shape.kind.value);
/** A page ends before it is longer than what an agent can be told in one line. */
const MOST_PAGE_BYTES = 262_144;
const MOST_ITEMS = 1_000;

const time = z.string().refine((said) => parseTimestamp(said) !== null, "is no time such as 2026-11-21T09:00:00Z");

/** What SQL is answered by, where the program that embeds the collector brings it. */
export type StoreQuery = (sql: string) => Promise<unknown>;

/** Evidence, page by page. */
export function readingMethods(archive: Archive, query: StoreQuery | undefined): Record<string, RequestMethod> {
  const queue = new OneAtATime();
  return {
    "evidence.query": method({
      permission: "read-data",
      params: z.strictObject({
        from: time.optional(),
        to: time.optional(),
        agent: z.string().max(64).optional(),
        kind: z.enum(kinds).optional(),
        limit: z.int().min(1).max(MOST_ITEMS).default(100),
        cursor: z
          .string()
          .regex(/^\d{1,15}$/, "is not one that this method gave")
          .optional(),
      }),
      async run({ from, to, limit, cursor, ...filter }) {
        const window = {
          fromMs: from === undefined ? undefined : (parseTimestamp(from) ?? undefined),
          toMs: to === undefined ? undefined : (parseTimestamp(to) ?? undefined),
          seqAfter: cursor === undefined ? undefined : Number(cursor),
        };
        const page = await queue.take(() => pageOf(archive.evidence({ ...filter, ...window }), limit));
        return page === null
          ? refused("busy", "others read evidence already", "ask again in a moment")
          : answered(page);
      },
    }),
    "store.query": method({
      permission: "manage-database",
      params: z.strictObject({ sql: z.string().min(1).max(65_536) }),
      async run({ sql }) {
        if (query === undefined)
          return refused("not-available", "there is no SQL over evidence here yet", "use evidence.query");
        try {
          return answered(await query(sql));
        } catch (error) {
          return refused("invalid-params", error instanceof Error ? error.message : "the query failed");
        }
      },
    }),
  };
}

async function pageOf(records: ReturnType<Archive["evidence"]>, limit: number) {
  const items: EvidenceRecord[] = [];
  let bytes = 0;
  for await (const { record, line } of records) {
    bytes += line.length;
    const isFull = items.length === limit || (items.length > 0 && bytes > MOST_PAGE_BYTES);
    if (isFull) return { items, next_cursor: String(items.at(-1)?.seq) };
    items.push(record);
  }
  return { items, next_cursor: null };
}

import { ProblemError } from "../problems/problem.ts";

/** A page of a list. */
export interface Page<Item> {
  readonly items: Item[];
  readonly next_cursor: string | null;
}

interface Asked {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** A page of what lies in memory. The cursor knows the item it ended with, so that one which left meanwhile moves nobody. */
export function pageOf<Item>(
  all: readonly Item[],
  { cursor, limit }: Asked,
  keyOf: (item: Item) => string,
): Page<Item> {
  const from = cursor === undefined ? 0 : after(all.map(keyOf), cursor);
  const items = all.slice(from, from + limit);
  const last = items.at(-1);
  const isMore = last !== undefined && from + limit < all.length;
  return { items, next_cursor: isMore ? cursorOf(from + limit, keyOf(last)) : null };
}

/** A page of what is read from a file in its order, and numbered. */
export async function pageUpTo<Item>(
  items: AsyncIterable<Item>,
  limit: number,
  cursorAt: (item: Item) => string,
): Promise<Page<Item>> {
  const page: Item[] = [];
  let cursor = "";
  for await (const item of items) {
    if (page.length === limit) return { items: page, next_cursor: cursor };
    page.push(item);
    cursor = cursorAt(item);
  }
  return { items: page, next_cursor: null };
}

/** The number that a list of numbered things was read up to. */
export function seqOf(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined;
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor);
  throw strange();
}

export function strange(): ProblemError {
  return new ProblemError("invalid-parameter", "cursor is not one that this list gave", "leave it out to begin anew");
}

function cursorOf(index: number, key: string): string {
  return Buffer.from(`${index} ${key}`, "utf8").toString("base64url");
}

function after(keys: readonly string[], cursor: string): number {
  const [, digits, key] = /^(\d{1,9}) ([^]*)$/.exec(Buffer.from(cursor, "base64url").toString("utf8")) ?? [];
  if (digits === undefined) throw strange();
  const index = Number(digits);
  if (keys[index - 1] === key) return index;
  const found = keys.indexOf(key ?? "");
  return found === -1 ? Math.max(0, index - 1) : found + 1;
}

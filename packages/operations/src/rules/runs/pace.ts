// How often a rule may run: a window that slides over the last minute.

const MINUTE_MS = 60_000;
/** Runs this close together are forgotten together, so that no limit takes much room. */
const GRAIN_MS = 250;
/** Up to so many runs each is known by itself. */
const MOST_SINGLE = 100;

/** Runs of the last while, oldest first. */
export type Recent = readonly { readonly fromMs: number; readonly toMs: number; readonly count: number }[];

export const NO_RUNS: Recent = [];

/** What is remembered after one more run; `null`: the limit, so many in a minute, does not allow it. Less than one means one in
 *  so many minutes. Never more than `limit` in any minute; of a limit over 100 up to a quarter of a second late. */
export function paced(recent: Recent, limit: number, nowMs: number): Recent | null {
  const windowMs = limit < 1 ? MINUTE_MS / limit : MINUTE_MS;
  const most = Math.max(1, Math.floor(limit));
  const inside = recent.filter(({ toMs }) => nowMs - toMs < windowMs);
  if (inside.reduce((sum, { count }) => sum + count, 0) >= most) return null;
  const last = inside.at(-1);
  const joins = last !== undefined && most > MOST_SINGLE && nowMs - last.fromMs < GRAIN_MS;
  if (!joins) return [...inside, { fromMs: nowMs, toMs: nowMs, count: 1 }];
  return [...inside.slice(0, -1), { fromMs: last.fromMs, toMs: nowMs, count: last.count + 1 }];
}

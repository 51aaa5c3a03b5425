// What many routes ask with: pages, times, ids.
import { isCalendarDay, parseTimestamp } from "@mimolo/protocol";
import { z } from "zod";

/** Longer is no name of anything. */
export const LONGEST_NAME = 128;
const LONGEST_CURSOR = 512;
const LONGEST_TIME = 64;
const MOST_ITEMS = 1_000;
const ITEMS = 100;

/** A route that knows no query parameters. */
export const NoQuery = z.strictObject({});

/** A verb that needs no body, sent with none, with null or with an empty one. */
export const NoBody = z.strictObject({}).optional();

/** A text that stands for a whole number, as queries have them. */
function numberIn(min: number, max: number) {
  const digits = (value: unknown) => (typeof value === "string" && /^\d{1,16}$/.test(value) ? Number(value) : value);
  const error = `must be a whole number from ${min} to ${max}`;
  return z.preprocess(digits, z.int({ error }).min(min, { error }).max(max, { error }));
}

/** `cursor` is what the page before gave as `next_cursor`. */
export const Cursor = z.string().min(1).max(LONGEST_CURSOR).optional().meta({
  description: "What the page before gave as `next_cursor`; absent: the first page.",
});

export const Limit = numberIn(1, MOST_ITEMS).optional().default(ITEMS).meta({
  description: "The most items of a page.",
});

/** How every list is read. */
export const PageQuery = z.strictObject({ cursor: Cursor, limit: Limit });

/** A moment, given as ISO-8601 with zone; milliseconds since the epoch behind it. */
export const Moment = z
  .string()
  .max(LONGEST_TIME)
  .meta({ format: "date-time", examples: ["2026-11-21T09:00:00Z"] })
  .transform((text, context) => {
    // A plus that was not escaped in an address arrives as a space.
    const zoned = text.replace(/(?<=T.*\d) (?=\d\d:\d\d$)/, "+");
    const atMs = parseTimestamp(zoned);
    if (atMs !== null) return atMs;
    context.issues.push({
      code: "custom",
      input: text,
      message: `is no time: "${text}"; use ISO-8601 with zone, e.g. 2026-11-21T09:00:00Z`,
    });
    return z.NEVER;
  });

/** A day, as calendars have them. */
export const CalendarDay = z
  .string()
  .refine(isCalendarDay, { error: "must be a day of the calendar, such as 2026-11-21", abort: true })
  .meta({ format: "date", examples: ["2026-11-21"] });

/** A range of time, half-open; an absent side is open. */
export const windowShape = {
  from: Moment.optional().meta({ description: "Begin of the range." }),
  to: Moment.optional().meta({
    description: "End of the range; `to` itself is left out.",
    examples: ["2026-11-21T17:00:00Z"],
  }),
};

/** A path's `{id}`. */
export const PluginParams = z.object({
  id: z
    .string()
    .min(1)
    .max(LONGEST_NAME)
    .meta({ description: "A plugin's id.", examples: ["mimolo.system-load"] }),
});

/** A label that is looked for; absent: whichever there is. */
export const SomeLabel = z.string().min(1).max(LONGEST_NAME).optional();

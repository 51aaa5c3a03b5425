import { Timestamp } from "@mimolo/protocol";
import { z } from "zod";
import { CalendarDay, Moment } from "./asked.ts";

const DAY_MS = 86_400_000;
export const LONGEST_RANGE_DAYS = 3_660;

export const LanesQuery = z
  .strictObject({
    from: Moment.meta({ description: "Begin of the range." }),
    to: Moment.meta({
      description: "End of the range; `to` itself is left out.",
      examples: ["2026-11-21T17:00:00Z"],
    }),
    resolution_s: z
      .string()
      .regex(/^\d{1,9}(\.\d{1,3})?$/, { error: "must be a number of seconds" })
      .transform(Number)
      .optional()
      .meta({ description: "Nothing shorter is told apart, in seconds, 1 at least; else a thousandth of the range." }),
  })
  .refine(({ from, to }) => from < to, { error: "from must lie before to" })
  .refine(({ from, to }) => to - from <= LONGEST_RANGE_DAYS * DAY_MS, { error: "must not be longer than ten years" });

const LaneSpan = z.object({
  start: Timestamp,
  end: Timestamp,
  kind: z.enum(["worked", "idle", "passive", "gap"]),
  /** As segments have it: what a person said is `reconstructed`. */
  confidence: z.enum(["observed", "reconstructed"]),
  /** How many records say so. */
  records: z.int().nonnegative(),
});

/** What each agent told, label by label; `corrections` is the lane of what people said themselves. */
export const LanesReport = z.object({
  from: Timestamp,
  to: Timestamp,
  /** What was told apart: coarser than what was asked for where that would be too much. */
  resolution_s: z.number().positive(),
  lanes: z.array(
    z.object({
      label: z.string(),
      /** Null where no agent stands behind it. */
      plugin_id: z.string().nullable(),
      /** `passive`: it never says whether there was work. */
      mode: z.enum(["active", "passive"]),
      spans: z.array(LaneSpan),
    }),
  ),
});
export type LanesReport = z.infer<typeof LanesReport>;

// A day by which nobody's clock shows work would only be looked for at great length.
const Day = CalendarDay.refine((date) => date >= "1970" && date < "2200", { error: "must lie between 1970 and 2199" });

export const DaysQuery = z
  .strictObject({
    from: Day.optional().meta({ description: "The first day; else 365 days before the last." }),
    to: Day.optional().meta({ description: "The day after the last; else tomorrow.", examples: ["2026-11-22"] }),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from < to, { error: "from must lie before to" })
  .refine(
    ({ from, to }) =>
      from === undefined || to === undefined || Date.parse(to) - Date.parse(from) <= LONGEST_RANGE_DAYS * DAY_MS,
    { error: "must not be longer than ten years" },
  );

/** Each day of a range, those without work included. */
export const DaysReport = z.object({
  time_zone: z.string(),
  /** When a day begins, `HH:MM`. */
  day_start: z.string(),
  days: z.array(
    z.object({
      date: z.string(),
      start: Timestamp,
      end: Timestamp,
      /** Work that was seen, without gaps, in seconds. */
      worked_s: z.number().nonnegative(),
      /** Work that was not seen but reconstructed, beside `worked_s`. */
      reconstructed_s: z.number().nonnegative(),
      /** How many segments have a part in the day. */
      segments: z.int().nonnegative(),
    }),
  ),
});
export type DaysReport = z.infer<typeof DaysReport>;

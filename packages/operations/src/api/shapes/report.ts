import { RuleReport } from "@mimolo/protocol";
import { z } from "zod";
import { PARTS } from "../../telemetry/parts-of-time.ts";
import { windowShape } from "./asked.ts";

const isForward = ({ from, to }: { from?: number | undefined; to?: number | undefined }) =>
  from === undefined || to === undefined || from < to;
const backward = { error: "from does not lie before to, and to itself is left out" };

export const TelemetryQuery = z.strictObject(windowShape).refine(isForward, backward);

export const ReportParams = z.object({
  kind: z
    .string()
    .min(1)
    .max(160)
    .meta({ description: "`timesheet`, `summary` … or `plugin:ID`.", examples: ["plugin:mimolo.system-load"] }),
});

/** `by`, `rate`, `round`, `explain` and `proof` as `mimolo report` has them. */
export const ReportQuery = z
  .strictObject({
    ...windowShape,
    by: z
      .enum([...PARTS, "project", "client", "agent"])
      .optional()
      .meta({
        description: "What makes a row. `hour` for plugins only; `project`, `client` and `agent` not for them.",
      }),
    rate: z.string().max(64).optional(),
    round: z.string().max(64).optional(),
    explain: z.enum(["true", "false"]).optional(),
    proof: z.enum(["true", "false"]).optional(),
  })
  .refine(isForward, backward);

/** `{rows, totals, basis}`, and more by kind. */
export const AnyReport = z.looseObject({
  rows: z.array(z.looseObject({ key: z.string(), duration_s: z.number() })),
  totals: z.looseObject({ duration_s: z.number() }),
});

export const QueryBody = z.strictObject({ sql: z.string().min(1) });

/** Whatever the query answers with. */
export const QueryAnswer = z.unknown();

/** As a list, and whole as `mimolo rules list --json` has it. */
export const RulesList = z.object({
  items: z.array(RuleReport),
  next_cursor: z.string().nullable(),
  rules: z.array(RuleReport),
});

/** `{event: {source, …}}`, or that object itself. */
export const RulesTestBody = z.record(z.string(), z.unknown());

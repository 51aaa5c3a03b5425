import type { Runnable } from "../agent.ts";
import type { CallContext } from "../calls/call-context.ts";
import { CallError } from "../calls/call-error.ts";
import { fieldsIn } from "../calls/offers.ts";
import { type PluginOptions, passive } from "./passive.ts";

/** Something a reporter can measure. */
export interface MetricDefinition<Id extends string = string> {
  readonly id: Id;
  readonly unit?: string;
  readonly description?: string;
}

/** ISO-8601, the end excluded; either may be open. */
export interface TimeRange {
  readonly from?: string;
  readonly to?: string;
}

export interface ReporterOptions<Id extends string, Collected, Report> extends PluginOptions {
  readonly metrics: readonly MetricDefinition<Id>[];
  /** Measures `metrics` in `range`. */
  readonly collect?: (
    metrics: readonly Id[],
    range: TimeRange,
    context: CallContext,
  ) => Collected | PromiseLike<Collected>;
  /** Puts them into words. `metrics` is what was collected; without `collect` the ids that were asked for. */
  readonly report: (metrics: NoInfer<Collected>, format: string, context: CallContext) => Report | PromiseLike<Report>;
  /** What `report` can write; default: whatever is asked for. The first is the default. */
  readonly formats?: readonly string[];
}

/** Defines a reporter: metrics others can ask for, and reports of them. Nothing happens before `run()`. */
export function defineReporter<const Id extends string, Collected = readonly Id[], Report = unknown>(
  options: ReporterOptions<Id, Collected, Report>,
): Runnable {
  const { metrics, collect, report, formats } = options;
  const idsIn = (given: unknown): Id[] => {
    if (given === undefined) return metrics.map(({ id }) => id);
    if (!Array.isArray(given)) throw new CallError("invalid-params", "metrics is a list of ids");
    return given.map((id: unknown) => {
      const known = metrics.find((metric) => metric.id === id);
      if (known !== undefined) return known.id;
      const all = metrics.map((metric) => metric.id).join(", ");
      throw new CallError("unknown-metric", `no metric ${JSON.stringify(id)}; there is ${all}`);
    });
  };
  const collected = async (given: unknown, range: unknown, context: CallContext) => {
    const ids = idsIn(given);
    return collect === undefined ? (ids as unknown as Collected) : collect(ids, fieldsIn(range), context);
  };
  return passive(
    options,
    {
      offers: () => ({
        analytics: {
          metrics: () => metrics,
          collect(params, context) {
            const { metrics: given, time_range: range } = fieldsIn(params);
            return collected(given, range, context);
          },
          async report(params, context) {
            const { metrics: given, time_range: range, format = formats?.[0] ?? "json" } = fieldsIn(params);
            if (typeof format !== "string" || formats?.includes(format) === false) {
              throw new CallError("invalid-params", `format is one of ${formats?.join(", ") ?? "any text"}`);
            }
            const isAsked =
              given === undefined || (Array.isArray(given) && given.every((id) => typeof id === "string"));
            return report(isAsked ? await collected(given, range, context) : (given as Collected), format, context);
          },
        },
      }),
    },
    ["analytics"],
  );
}

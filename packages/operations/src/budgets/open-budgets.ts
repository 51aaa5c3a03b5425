import { type Clock, type GroupUsage, openMeter } from "@mimolo/supervisor";
import type { CollectorOptions } from "../collector-options.ts";
import type { entry, Speaker } from "../diagnostics/entry.ts";
import { Budgets } from "./budgets.ts";
import { type Metered, MeterRounds } from "./meter-rounds.ts";
import { nodePriority, type Priority } from "./priority.ts";

/** The budgets of one collector, with the rounds that hold its agents to them. */
export interface OpenedBudgets {
  readonly budgets: Budgets;
  readonly priority: Priority;
  /** Begins to read what `agents` use, every five seconds; `swept` hears of all of them at once. */
  watch<Of extends Metered>(
    agents: () => Iterable<Of>,
    swept?: (usages: ReadonlyMap<Of, GroupUsage>) => void,
  ): MeterRounds<Of>;
}

/** `say` writes a line about an agent, `null` for all of them, to the diagnostics. */
export function openBudgets(
  { meter, priority = nodePriority() }: Pick<CollectorOptions, "meter" | "priority">,
  clock: Clock,
  say: (label: Speaker["label"], what: Parameters<typeof entry>[2]) => void,
): OpenedBudgets {
  let said = false;
  const failed = (error: unknown) => {
    if (!said)
      say(null, { type: "collector", level: "error", code: "meter-failed", message: `cannot meter: ${String(error)}` });
    said = true;
  };
  return {
    budgets: new Budgets(say),
    priority,
    watch(all, swept = () => undefined) {
      const rounds = new MeterRounds({ clock, meter: meter ?? openMeter({ clock }), all, swept, failed });
      rounds.start();
      return rounds;
    },
  };
}

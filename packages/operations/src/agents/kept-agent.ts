import type { SupervisedAgent } from "@mimolo/supervisor";
import { BudgetKeeper } from "../budgets/keeper.ts";
import type { Sentence } from "../budgets/sentences.ts";
import type { AgentSurroundings } from "./surroundings.ts";

/** What hears of the keeper's findings. */
export interface KeeperListeners {
  say(sentence: Sentence): void;
  /** Why it thinks less than well of it, or slows it down. */
  found(source: string, words: string): void;
}

/** Known by this cause among all that restrain an agent. */
const OVER_BUDGET = "cpu-over-budget";

/** The keeper of one supervised agent's budgets, with the limits that hold for its label. */
export function keeperOf(
  supervised: SupervisedAgent,
  around: AgentSurroundings,
  { say, found }: KeeperListeners,
): BudgetKeeper {
  const { label } = supervised;
  const { clock, priority, budgets } = around;
  return new BudgetKeeper(
    {
      has: (feature) => supervised.has(feature),
      send: (command) => supervised.send(command),
      restart: (cause) => supervised.restart(cause, { counted: true }),
      quarantine: (cause, detail) => supervised.quarantine(cause, detail),
      reportHealth: (health, from, because) => {
        found(from, because);
        supervised.reportHealth(health, from);
      },
      setThrottled: (because) => {
        if (because !== null) found(OVER_BUDGET, because);
        supervised.setThrottled(OVER_BUDGET, because !== null);
      },
      pausedMs: () => supervised.vitals.pausedMs,
      say,
    },
    {
      clock,
      priority,
      terms: () => {
        const { monitor } = around;
        return {
          budgetPercent: budgets.cpuPercent(label),
          memoryMib: budgets.memoryMib(label),
          flushLatencyMs: monitor.slowpoke_flush_latency_s * 1000,
          queue: monitor.slowpoke_queue,
          errorsPerMinute: monitor.degraded_errors_per_min,
          throttleFactor: monitor.overload_throttle_factor,
        };
      },
    },
  );
}

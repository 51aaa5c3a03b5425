import type { SupervisedAgent } from "@mimolo/supervisor";
import { BudgetKeeper } from "../budgets/keeper.ts";
import type { Sentence } from "../budgets/sentences.ts";
import type { AgentSurroundings } from "./surroundings.ts";

/** The keeper of one supervised agent's budgets, with the limits that hold for its label. */
export function keeperOf(
  supervised: SupervisedAgent,
  around: AgentSurroundings,
  say: (sentence: Sentence) => void,
): BudgetKeeper {
  const { label } = supervised;
  const { clock, priority, budgets } = around;
  return new BudgetKeeper(
    {
      has: (feature) => supervised.has(feature),
      send: (command) => supervised.send(command),
      restart: (cause) => supervised.restart(cause, { counted: true }),
      quarantine: (cause, detail) => supervised.quarantine(cause, detail),
      reportHealth: (health, from) => supervised.reportHealth(health, from),
      setThrottled: (on) => supervised.setThrottled("cpu-over-budget", on),
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

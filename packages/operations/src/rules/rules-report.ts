import type { RuleReport, RulesReport } from "@mimolo/protocol";
import type { AgentPlan } from "../agents/plan/agent-plan.ts";
import type { LoadedConfig, RuleConfig } from "../config/index.ts";
import { keyText } from "../config/layer.ts";
import type { RuleRuns } from "./runs/step.ts";
import { troubleOf } from "./trouble.ts";

type Counted = Pick<RuleRuns<unknown>, "runs" | "failures" | "limited" | "cut" | "lastRunAtMs" | "lastFailure">;

const NEVER: Counted = { runs: 0, failures: 0, limited: 0, cut: 0, lastRunAtMs: null, lastFailure: null };

/** The rules of a configuration, and what became of each; without a collector nothing did. */
export function rulesReport(
  config: Pick<LoadedConfig, "rules" | "plugins" | "origins">,
  plans: readonly AgentPlan[],
  runsOf: (name: string) => Counted = () => NEVER,
): RulesReport {
  return { rules: config.rules.map((rule) => ruleReport(rule, config, plans, runsOf(rule.name))) };
}

function ruleReport(
  rule: RuleConfig,
  config: Pick<LoadedConfig, "plugins" | "origins">,
  plans: readonly AgentPlan[],
  counted: Counted,
): RuleReport {
  const { source, agent, event, where } = rule.when;
  const { runs, failures, limited, cut, lastRunAtMs, lastFailure } = counted;
  const origin = config.origins.get(keyText(["rules", rule.name]));
  return {
    name: rule.name,
    when: {
      source,
      ...(agent !== undefined && { agent }),
      ...(event !== undefined && { event }),
      ...(where !== undefined && { where }),
    },
    do: { plugin: rule.do.plugin, params: rule.do.params },
    ...(rule.limit !== undefined && { limit: rule.limit }),
    ...(origin !== undefined && {
      from: { file: origin.from, ...(origin.line !== undefined && { line: origin.line }) },
    }),
    runs,
    failures,
    limited,
    cut,
    last_run_at: lastRunAtMs === null ? null : new Date(lastRunAtMs).toISOString(),
    ...(lastFailure !== null && {
      last_failure: { at: new Date(lastFailure.atMs).toISOString(), message: lastFailure.why },
    }),
    trouble: troubleOf(rule, plans, config),
  };
}

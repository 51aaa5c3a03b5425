import type { RulesTestReport } from "@mimolo/protocol";
import type { AgentPlan } from "../agents/plan/agent-plan.ts";
import type { LoadedConfig } from "../config/index.ts";
import { CollectorError } from "../error.ts";
import type { Happening } from "./happening.ts";
import { readHappening } from "./read-happening.ts";
import { fitText, misfit, type Rule } from "./rule.ts";
import { actionContext } from "./runs/action-call.ts";
import { troubleOf } from "./trouble.ts";

/** What each rule would do at an event (see `readHappening`); does nothing, and counts no limit. Throws `CollectorError`
 *  `invalid-parameter`. */
export function tryRules(
  rules: readonly Rule[],
  event: unknown,
  { config, plans, nowMs }: { config: Pick<LoadedConfig, "plugins">; plans: readonly AgentPlan[]; nowMs: number },
): RulesTestReport {
  const read = readHappening(event, nowMs);
  if (!read.ok) throw new CollectorError("invalid-parameter", read.message, read.hint);
  return {
    rules: rules.map((rule) => tried(rule, withPlugin(read.happening, plans), troubleOf(rule.config, plans, config))),
  };
}

function tried(rule: Rule, happening: Happening, trouble: string | null): RulesTestReport["rules"][number] {
  const { name, config } = rule;
  const reason = fitText(rule, happening);
  if (misfit(rule, happening) !== null) return { name, fires: false, reason };
  const { plugin, params } = config.do;
  const would = { plugin, params, context: actionContext(rule, happening) };
  return { name, fires: true, reason: trouble === null ? reason : `${reason}; but ${trouble}`, would };
}

function withPlugin(happening: Happening, plans: readonly AgentPlan[]): Happening {
  const { plugin, agent } = happening;
  if (plugin !== undefined || agent === undefined) return happening;
  return { ...happening, plugin: plans.find(({ label }) => label === agent)?.pluginId };
}

// The rules as they stand where no collector runs: as one that starts would have them.
import type { RulesReport, RulesTestReport } from "@mimolo/protocol";
import { Planner } from "../agents/plan/planner.ts";
import { ConfigInEffect } from "../config-in-effect.ts";
import { withPlugins } from "../config/index.ts";
import { dataDirectory } from "../data-directory.ts";
import { Overrides } from "../overrides/overrides.ts";
import type { IdleOptions } from "../plugins/switch/without-collector.ts";
import { RuleBook } from "./rule-book.ts";
import { rulesReport } from "./rules-report.ts";
import { tryRules } from "./try-rules.ts";

/** The rules that the next start goes by. */
export function idleRules(options: IdleOptions): RulesReport {
  const { config, plans } = plannedOf(options);
  return rulesReport(config, plans);
}

/** What each of them would do at an event. Throws `CollectorError` `invalid-parameter` for what is none. */
export function tryIdleRules(options: IdleOptions, event: unknown, nowMs: number): RulesTestReport {
  const { config, plans } = plannedOf(options);
  return tryRules(new RuleBook(config.rules).rules, event, { config, plans, nowMs });
}

// Loosely: what else is wrong is for the start to say.
function plannedOf(options: IdleOptions) {
  const directory = dataDirectory(options.dataDir);
  const planner = new Planner(options, directory);
  const effect = new ConfigInEffect(planner, Overrides.open(directory.overrides).current);
  const config = effect.of(withPlugins(options.config, options.plugins ?? {}, options.cwd));
  return { config, plans: planner.planLoosely(config) };
}

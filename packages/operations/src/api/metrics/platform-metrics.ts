import type { RuleReport } from "@mimolo/protocol";
import type { CountedCalls } from "../../telemetry/recorder.ts";
import type { Metric } from "./metric.ts";

const MICROSECONDS = 1e6;

/** Calls of plugins and runs of rules. Calls are counted over restarts of the collector. */
export const platformMetrics: readonly Metric[] = [
  ofPlugins("mimolo_plugin_calls_total", "Calls that reached the plugin", ({ executions }) => executions),
  ofPlugins("mimolo_plugin_call_failures_total", "Those of them that failed", ({ failures }) => failures),
  ofPlugins("mimolo_plugin_call_seconds_total", "How long they took, summed up", ({ sumUs }) => sumUs / MICROSECONDS),
  ofRules("mimolo_rule_runs_total", "How often the rule did what it does", ({ runs }) => runs),
  ofRules("mimolo_rule_failures_total", "How often that failed", ({ failures }) => failures),
  ofRules("mimolo_rule_limited_total", "How often its limit held it back", ({ limited }) => limited),
  ofRules("mimolo_rule_cut_total", "How often it was cut as a loop", ({ cut }) => cut),
];

function ofPlugins(name: string, help: string, of: (calls: CountedCalls) => number): Metric {
  return {
    name,
    kind: "counter",
    help,
    labels: ["plugin"],
    *read({ calls }) {
      for (const counted of calls) yield { labels: { plugin: counted.pluginId }, value: of(counted) };
    },
  };
}

function ofRules(name: string, help: string, of: (rule: RuleReport) => number): Metric {
  return {
    name,
    kind: "counter",
    help,
    labels: ["rule"],
    *read({ rules }) {
      for (const rule of rules) yield { labels: { rule: rule.name }, value: of(rule) };
    },
  };
}

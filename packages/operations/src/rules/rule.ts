// A rule of the configuration, ready to be held against what happens.
import { globPattern } from "@mimolo/protocol";
import type { RuleConfig } from "../config/index.ts";
import { fieldsOf, type Happening, type Source } from "./happening.ts";
import { holds } from "./where/evaluate.ts";
import { fieldsText } from "./where/explain.ts";
import type { Expression } from "./where/expression.ts";
import { parseWhere } from "./where/parse.ts";

/** What of a rule a happening does not fit. */
export type Misfit = "source" | "agent" | "event" | "where";

export interface Rule {
  readonly name: string;
  readonly config: RuleConfig;
  readonly fitsAgent: (label: string) => boolean;
  readonly fitsEvent: (event: string) => boolean;
  readonly where: Expression | null;
}

const anything = () => true;

/** Makes a checked rule ready. Throws when nobody checked its `where`. */
export function ruleOf(config: RuleConfig): Rule {
  const { agent, event, where } = config.when;
  const parsed = where === undefined ? null : parseWhere(where);
  if (parsed?.ok === false) throw new TypeError(`where of rule "${config.name}": ${parsed.message}`);
  return {
    name: config.name,
    config,
    fitsAgent: agent === undefined ? anything : globPattern(agent),
    fitsEvent: event === undefined ? anything : globPattern(event),
    where: parsed?.expression ?? null,
  };
}

/** Why a happening does not fit a rule; `null`: it does. */
export function misfit(rule: Rule, happening: Happening): Misfit | null {
  if (!fitsSource(rule.config.when.source, happening.source)) return "source";
  if (rule.config.when.agent !== undefined && !isOf(rule, happening)) return "agent";
  if (rule.config.when.event !== undefined && !hasEvent(rule, happening)) return "event";
  return rule.where === null || holds(rule.where, fieldsOf(happening)) ? null : "where";
}

/** What fits and what does not, in one sentence. */
export function fitText(rule: Rule, happening: Happening): string {
  const { source, agent, event, where } = rule.config.when;
  const fields = rule.where === null ? "" : fieldsText(rule.where, fieldsOf(happening));
  switch (misfit(rule, happening)) {
    case "source":
      return `it waits for ${source}, this is ${happening.source}`;
    case "agent":
      return `it waits for the agent "${agent}", this is of ${whose(happening)}`;
    case "event":
      return `it waits for the event "${event}", this is ${happening.event === undefined ? "none" : `"${happening.event}"`}`;
    case "where":
      return `${where} does not hold: ${fields}`;
    case null:
      return where === undefined ? "it fits" : `it fits: ${where} holds, ${fields}`;
  }
}

/** What a trigger fires is an event, too. */
export function fitsSource(wanted: Source, source: Source): boolean {
  return wanted === source || (wanted === "event" && source === "trigger");
}

// Labels have no dots: what has one is meant for the plugin's id.
function isOf(rule: Rule, { agent, plugin, labels }: Happening): boolean {
  if (labels?.some((label) => rule.fitsAgent(label)) === true) return true;
  if (agent !== undefined && rule.fitsAgent(agent)) return true;
  return plugin !== undefined && rule.config.when.agent?.includes(".") === true && rule.fitsAgent(plugin);
}

// `segment:closed` is what the event is called for those who listen to the collector.
function hasEvent(rule: Rule, { source, event }: Happening): boolean {
  return event !== undefined && (rule.fitsEvent(event) || rule.fitsEvent(`${source}:${event}`));
}

function whose({ agent, labels }: Happening): string {
  if (agent !== undefined) return `"${agent}"`;
  if (labels === undefined || labels.length === 0) return "none";
  return labels.map((label) => `"${label}"`).join(", ");
}

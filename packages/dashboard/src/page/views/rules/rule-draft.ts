import type { Answer } from "@mimolo/protocol/control-api";

export type Rule = Answer<"/rules", "get">["rules"][number];

export const SOURCES = ["segment", "event", "summary", "agent_state", "health", "trigger"] as const;
export type Source = (typeof SOURCES)[number];

/** What the source is called in a sentence. */
export const sourceTitles: Readonly<Record<Source, string>> = {
  segment: "a segment of work",
  event: "an event of an agent",
  summary: "a summary of an agent",
  agent_state: "an agent's state",
  health: "an agent's health",
  trigger: "a trigger",
};

/** What can become of it; empty where agents name it as they like. */
export const eventsOf: Readonly<Record<Source, readonly string[]>> = {
  segment: ["opened", "extended", "closed", "revised"],
  agent_state: ["running", "backing-off", "stopped", "quarantined", "blocked"],
  health: ["ok", "degraded", "overload", "failed"],
  event: [],
  summary: [],
  trigger: [],
};

/** A rule as it is being written. */
export interface RuleDraft {
  name: string;
  source: Source;
  agent: string;
  event: string;
  where: string;
  plugin: string;
  params: Readonly<Record<string, unknown>>;
  /** The most runs in a minute, as typed. */
  limit: string;
}

export const EMPTY_RULE: Readonly<RuleDraft> = {
  name: "",
  source: "segment",
  agent: "",
  event: "closed",
  where: "",
  plugin: "",
  params: {},
  limit: "",
};

export function draftOfRule({ name, when, do: action, limit }: Rule): RuleDraft {
  return {
    name,
    source: SOURCES.find((each) => each === when.source) ?? "event",
    agent: when.agent ?? "",
    event: when.event ?? "",
    where: when.where ?? "",
    plugin: action.plugin,
    params: action.params,
    limit: limit === undefined ? "" : String(limit),
  };
}

/** As the collector takes it. */
export function ruleOf({ name, source, agent, event, where, plugin, params, limit }: RuleDraft) {
  const said = (key: string, text: string) => (text.trim() === "" ? {} : { [key]: text.trim() });
  return {
    name: name.trim(),
    when: { source, ...said("agent", agent), ...said("event", event), ...said("where", where) },
    do: { plugin, ...(Object.keys(params).length === 0 ? {} : { params }) },
    ...(limit.trim() === "" ? {} : { limit: Number(limit) }),
  };
}

/** All rules as they are to be written, with this one in the place of `index`, at the end (-1), or, for null, gone. */
export function listWith(rules: readonly Rule[], index: number, draft: RuleDraft | null): Record<string, unknown>[] {
  const plain = rules.map((each) => ruleOf(draftOfRule(each)));
  const next = draft === null ? [] : [ruleOf(draft)];
  return index === -1 ? [...plain, ...next] : [...plain.slice(0, index), ...next, ...plain.slice(index + 1)];
}

/** `When a segment of work is closed` as people say it. */
export function whenText({ source, agent, event, where }: Rule["when"]): string {
  const what = sourceTitles[SOURCES.find((each) => each === source) ?? "event"];
  const whose = agent === undefined ? "" : ` (${agent})`;
  const becomes = event === undefined ? "" : eventText(source, event);
  return `When ${what}${whose}${becomes}${where === undefined ? "" : `, if ${where}`}`;
}

function eventText(source: string, event: string): string {
  if (source === "segment") return ` is ${event}`;
  return source === "event" ? ` called ${event}` : ` becomes ${event}`;
}

/** An event to try rules with, as JSON. */
export function sampleEvent({ source, agent, event }: Pick<RuleDraft, "source" | "agent" | "event">): string {
  const label = agent === "" || agent.includes("*") ? "folder-activity" : agent;
  const name = event === "" ? (eventsOf[source][0] ?? "came") : event;
  if (source === "segment") return JSON.stringify({ source, event: name, data: { duration_s: 5400 } }, null, 2);
  if (source === "summary") return JSON.stringify({ source, agent: label, data: { counts: { total: 3 } } }, null, 2);
  return JSON.stringify({ source, agent: label, event: name, data: {} }, null, 2);
}

import type { AgentStatus, Segment } from "@mimolo/protocol";
import { timeOfDay } from "../present/clock-time.ts";
import { duration } from "../present/duration.ts";

export interface StatusView {
  readonly agents: readonly Pick<AgentStatus, "label" | "state" | "health">[];
  readonly open: Segment | null;
  readonly todayMs: number;
  /** Records committed so far. */
  readonly records: number;
}

/** The running collector in one line. */
export function statusLine(view: StatusView): string {
  const work = view.open === null ? "idle" : workOf(view.open);
  const records = `${view.records} ${view.records === 1 ? "record" : "records"}`;
  return [agentsOf(view.agents), work, `today ${duration(view.todayMs)}`, `${records} of evidence`].join(" · ");
}

/** What git history only makes likely is never said as if it had been seen. */
export function workOf({ start, confidence }: Segment): string {
  const since = timeOfDay(Date.parse(start));
  return confidence === "observed" ? `working since ${since}` : `work since ${since}, partly reconstructed`;
}

function agentsOf(agents: StatusView["agents"]): string {
  const ok = agents.filter((agent) => agent.state === "running" && agent.health === "ok").length;
  const starting = agents.filter((agent) => STARTING.has(agent.state) || agent.health === "initializing");
  const all = `${agents.length} ${agents.length === 1 ? "agent" : "agents"}`;
  if (ok === agents.length) return `${all} ok`;
  const bad = agents.filter(
    (agent) => !starting.includes(agent) && (agent.state !== "running" || agent.health !== "ok"),
  );
  const [first] = bad;
  if (first === undefined) return `${ok} of ${all} ok, ${starting.length} starting`;
  const more = bad.length > 1 ? ` and ${bad.length - 1} more` : "";
  return `${ok} of ${all} ok, ${first.label} ${first.state === "running" ? first.health : first.state}${more}`;
}

const STARTING: ReadonlySet<string> = new Set(["planned", "starting", "handshaking"]);

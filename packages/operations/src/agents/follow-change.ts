import type { AgentChange } from "@mimolo/supervisor";
import type { CollectedAgent } from "./agent.ts";
import type { Hearing } from "./hearing.ts";
import type { Launcher } from "./launcher.ts";
import type { AgentSurroundings } from "./surroundings.ts";

export interface Followers {
  readonly hearing: Hearing;
  readonly launcher: Launcher;
}

/** The process of an agent does something else now: everybody it concerns hears of it, the record before the rest. */
export function followChange(
  agent: CollectedAgent,
  change: AgentChange,
  { hearing, launcher }: Followers,
  around: AgentSurroundings,
): void {
  const { state, previous } = change;
  const { calls, keeper, rounds, life, reasons } = hearing.hearers;
  calls.moved(state, change.cause);
  hearing.widget.moved(state, change.cause);
  hearing.leaving(state === "stopping");
  const hasMoved = state !== previous;
  if (hasMoved) {
    keeper.moved(state);
    if (state === "running") rounds.begin();
    else rounds.end();
    if (state === "backing-off" || state === "quarantined") {
      reasons.ended(change);
      launcher.ended(change);
    }
  }
  around.changed(agent, change);
  const news = reasons.news(change);
  if (news !== null)
    agent.say(change.runId, { type: "collector", level: "warning", code: change.health, message: news });
  around.news.changed(agent, change);
  if (!hasMoved) return;
  if (previous === "running") around.news.ended(agent);
  life.moved(state, change.cause);
  if (state === "running") hearing.runs();
  if (state === "backing-off") stayAway(agent, hearing.hearers);
}

/** What runs a command ends itself when a file of it is another: it is blocked at once, not tried again first. */
function stayAway(agent: CollectedAgent, { supervised }: Hearing["hearers"]): void {
  if (agent.plan.runner === null) return;
  const { blocked, verdict } = agent.judgeAgain();
  // A file that cannot be read now, for want of descriptors, is judged missing; that it is another, nobody finds by accident.
  if (blocked !== null && verdict === "modified") supervised.block(blocked);
}

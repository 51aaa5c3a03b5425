// What becomes of an agent when trust has changed while the collector runs.
import type { Verdict } from "@mimolo/protocol";
import type { AgentState } from "@mimolo/supervisor";
import type { AgentPlan } from "./plan/agent-plan.ts";

/** `block`: it ends at once. `restart`: it ends at once and starts anew. `leave`: nothing that runs is touched. */
export type Consequence = "leave" | "block" | "start" | "restart";

type Judged = Pick<AgentPlan, "blocked" | "verdict" | "granted" | "sandbox" | "version" | "program">;

/** What a person stopped stays stopped. A file that was edited under a running agent is found out at its next launch, as ever: only
 *  what was decided about it counts here. */
export function afterTrust(state: AgentState, before: Judged, now: Judged): Consequence {
  if (state === "stopped" || state === "planned") return "leave";
  if (now.blocked !== null) {
    if (state === "blocked") return now.blocked === before.blocked ? "leave" : "block";
    return isOnDisk(now.verdict) && sameGrants(before, now) ? "leave" : "block";
  }
  if (state === "blocked") return "start";
  return before.blocked === null && isSame(before, now) ? "leave" : "restart";
}

function isOnDisk(verdict: Verdict): boolean {
  return verdict === "modified" || verdict === "missing-file" || verdict === "extra-file";
}

function isSame(before: Judged, now: Judged): boolean {
  return (
    sameGrants(before, now) &&
    before.sandbox === now.sandbox &&
    before.verdict === now.verdict &&
    before.version === now.version &&
    before.program.digest === now.program.digest
  );
}

function sameGrants({ granted: before }: Judged, { granted: now }: Judged): boolean {
  return before.length === now.length && before.every((grant) => now.includes(grant));
}

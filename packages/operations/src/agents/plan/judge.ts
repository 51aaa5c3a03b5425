import type { AgentPlan, Draft } from "./agent-plan.ts";
import { judgeBuiltin } from "./builtin.ts";
import { judgeFound } from "./found.ts";
import type { TrustGround } from "./ground.ts";
import type { Judged, VerifiedFile } from "./judged.ts";
import { judgeOwn } from "./own.ts";
import { judgeInstalled } from "./package.ts";
import { standingOf } from "./standing.ts";

/** A plan as it stands by the bytes that lie there now, and the file it runs with exactly those bytes. */
export interface JudgedPlan {
  readonly plan: AgentPlan;
  readonly verified: VerifiedFile | null;
}

/** Judges a draft, or a plan anew. */
export function judge(draft: Draft, ground: TrustGround): JudgedPlan {
  const judged = judgementOf(draft, ground);
  const { files } = judged;
  // The digest of a package is the one it was drafted by; the judgement compares the two.
  const digest = draft.program.kind === "package" ? draft.program.digest : judged.digest;
  const plan = { ...draft, ...standingOf(draft, judged, ground), program: { ...draft.program, files, digest } };
  return { plan, verified: judged.verified };
}

function judgementOf(draft: Draft, ground: TrustGround): Judged {
  switch (draft.program.kind) {
    case "builtin":
      return draft.builtin === null ? judgeOwn(draft, ground) : judgeBuiltin(draft.builtin);
    case "package":
      return judgeInstalled(draft, ground);
    case "found":
      return judgeFound(draft, ground);
    case "own":
      return judgeOwn(draft, ground);
  }
}

import { isDeepStrictEqual } from "node:util";
import type { AgentPlan, Draft, Program, Standing } from "./agent-plan.ts";
import { judgeBuiltin } from "./builtin.ts";
import { judgeFound } from "./found.ts";
import type { TrustGround } from "./ground.ts";
import type { HashedPath, Judged, VerifiedFile } from "./judged.ts";
import { judgeOwn } from "./own.ts";
import { judgeInstalled } from "./package.ts";
import { standingOf } from "./standing.ts";

/** A plan as it stands by the bytes that lie there now, and the file it runs with exactly those bytes. */
export interface JudgedPlan {
  readonly plan: AgentPlan;
  readonly verified: VerifiedFile | null;
  readonly hashes: readonly HashedPath[];
}

/** Judges a draft, or a plan anew: of a plan nothing has changed about it is the very plan that comes back. */
export function judge(draft: Draft | AgentPlan, ground: TrustGround): JudgedPlan {
  const judged = judgementOf(draft, ground);
  // The digest of a package is the one it was drafted by; the judgement compares the two.
  const digest = draft.program.kind === "package" ? draft.program.digest : judged.digest;
  const program = { ...draft.program, files: judged.files, digest };
  const plan = planOf(draft, program, standingOf(draft, judged, ground));
  return {
    plan: "verdict" in draft && isDeepStrictEqual(draft, plan) ? draft : plan,
    verified: judged.verified,
    hashes: judged.hashes ?? [],
  };
}

/** Field by field: V8 gives each object that is spread together from two a hidden class of its own, half a kilobyte an agent. */
function planOf(draft: Draft, program: Program, standing: Standing): AgentPlan {
  const { label, pluginId, name, version, type, executable, args, cwd, env, config, settings, builtin, runner, unmet } =
    draft;
  const { verdict, blocked, requested, granted, sandbox } = standing;
  return {
    label,
    pluginId,
    name,
    version,
    type,
    program,
    executable,
    args,
    cwd,
    env,
    config,
    settings,
    builtin,
    runner,
    unmet,
    verdict,
    blocked,
    requested,
    granted,
    sandbox,
  };
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

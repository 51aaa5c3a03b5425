import { type AllowPlace, allowCommand } from "../allow-command.ts";
import { missedGrant, WALLED, type Walled } from "./missed-grant.ts";
import type { AgentPlan } from "./plan/agent-plan.ts";

/** Who lives longer has met its walls and knows how to live with them. */
const EARLY_MS = 10_000;

/** What may help an agent that complains behind walls, when it sounds like a grant it was not given. */
export function complaintHint(plan: AgentPlan, complaint: string, place: AllowPlace): string | null {
  const missed = missedGrant(complaint, missingOf(plan));
  if (missed === null) return null;
  const said = `it may not touch ${WORDS[missed]}, and what it said sounds as if it tried`;
  return `${said}; ${wayOut(plan, missed, place)}`;
}

/** What may help an agent that died early behind walls and left no word why. `null` when that cannot have been the reason. */
export function deathHint(plan: AgentPlan, uptimeMs: number | null, place: AllowPlace): string | null {
  const missing = missingOf(plan);
  if (missing.length === 0 || uptimeMs === null || uptimeMs > EARLY_MS) return null;
  return `it ran in a sandbox without ${missing.join(", ")}; ${wayOut(plan, null, place)}`;
}

const WORDS: Readonly<Record<Walled, string>> = {
  network: "the network",
  subprocess: "other programs",
  filesystem: "files but its own",
};

const missingOf = ({ granted }: AgentPlan) => WALLED.filter((capability) => !granted.includes(capability));

/** Never the command that grants everything: what is pasted should open what is needed. */
function wayOut(plan: AgentPlan, missed: Walled | null, place: AllowPlace): string {
  const [program] = plan.program.files;
  switch (plan.program.kind) {
    case "own": {
      const grants = [...plan.granted, missed ?? "CAPABILITY"].join(" ");
      const needed = missed === null ? "if it needs one of them" : "if it should";
      return `${needed}: ${allowCommand(program ?? plan.executable, place)} --grant ${grants}`;
    }
    case "package":
    case "found":
      return `its package does not ask for ${missed ?? "them"}; if it needs that, its author has to`;
    case "builtin":
      return `to see whether that is why, set sandbox = "off" under [plugins.${plan.label}]`;
  }
}

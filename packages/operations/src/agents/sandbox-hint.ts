import { type AllowPlace, allowCommand } from "../allow-command.ts";
import type { AgentPlan } from "./plan/agent-plan.ts";

const WALLED = ["network", "filesystem", "subprocess"] as const;
/** Who lives longer has met its walls and knows how to live with them. */
const EARLY_MS = 10_000;

/** What may help an agent that died early behind walls: what it was not granted, and how that is changed. `null` when that cannot
 *  have been the reason. */
export function sandboxHint(plan: AgentPlan, uptimeMs: number | null, place: AllowPlace): string | null {
  const missing = WALLED.filter((capability) => !plan.granted.includes(capability));
  if (missing.length === 0 || uptimeMs === null || uptimeMs > EARLY_MS) return null;
  const said = `${plan.label} ran in a sandbox without ${missing.join(", ")}`;
  const [program] = plan.program.files;
  switch (plan.program.kind) {
    case "own":
      return `${said}; if it needs one of them: ${allowCommand(program ?? plan.executable, place)} --grant ${[...plan.granted, ...missing].join(" ")}`;
    case "package":
    case "found":
      return `${said}: its package does not ask for them; if it needs them, its author has to`;
    case "builtin":
      return `${said}; to see whether that is why, set sandbox = "off" under [plugins.${plan.label}]`;
  }
}

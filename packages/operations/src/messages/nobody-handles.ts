import type { AllowPlace } from "../allow-command.ts";
import type { AgentPlan } from "../agents/plan/agent-plan.ts";
import { CollectorError } from "../error.ts";
import { permissionHint } from "../requests/held.ts";

interface Planned {
  readonly plan: AgentPlan;
}

/** What to tell whoever sent a message that nobody handles: who was asked, and who may not be. */
export function nobodyHandles(
  type: string,
  { asked, closed }: { readonly asked: readonly Planned[]; readonly closed: readonly Planned[] },
  place: AllowPlace,
): CollectorError {
  const names = (all: readonly Planned[]) => [...new Set(all.map(({ plan }) => plan.pluginId))].join(", ");
  const who = asked.length === 0 ? "no running plugin that may hear messages handles any" : `asked: ${names(asked)}`;
  const [first] = closed;
  const hint =
    first === undefined
      ? 'name a plugin with "to", or run one that handles it; mimolo plugin list'
      : `${names(closed)} may not hear messages that are not for it; ${permissionHint(first.plan, "read-messaging", place)}`;
  return new CollectorError("no-handler", `nobody handles messages of type ${JSON.stringify(type)} (${who})`, hint);
}

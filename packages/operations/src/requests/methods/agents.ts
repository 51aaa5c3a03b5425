import { z } from "zod";
import { steer } from "../../agents/steer.ts";
import { agentVerbs } from "../../api/view.ts";
import type { PlatformAround } from "../../platform/platform-around.ts";
import { answered, failed } from "../answer.ts";
import { text } from "../check-params.ts";
import { method, type RequestMethod } from "../request-method.ts";

/** Which agents run and how they do, and making them. */
export function agentMethods(around: PlatformAround): Record<string, RequestMethod> {
  const { agents, causes, say } = around;
  return {
    "agents.list": method({
      permission: "read-system-info",
      params: z.strictObject({}),
      run: () => answered({ agents: agents.all().map((agent) => told(agent.status())) }),
    }),
    "agents.control": method({
      permission: "manage-agents",
      leadsOn: true,
      params: z.strictObject({ label: text(64), verb: z.enum(agentVerbs) }),
      async run({ label, verb }, { agent: asking, cause }) {
        try {
          const agent = agents.get(label);
          const who = `${asking.plan.pluginId} (${asking.label})`;
          say({ type: "collector", code: "plugin-controls", message: `${who} asks: agent ${verb} ${label}` });
          if (cause !== undefined) causes.moved(cause, { label, pluginId: agent.plan.pluginId });
          await steer(agent, verb);
          return answered(told(agent.status()));
        } catch (error) {
          return failed(error);
        }
      },
    }),
  };
}

/** What of a status is other plugins' business: no paths, no commands, nothing of what it was granted. */
function told(status: ReturnType<ReturnType<PlatformAround["agents"]["get"]>["status"]>) {
  const { label, plugin_id, instance_id, state, health, condition, restarts, last_heartbeat_at } = status;
  const { cpu_percent, memory_mib, verdict } = status;
  return {
    label,
    plugin_id,
    instance_id,
    state,
    health,
    condition,
    restarts,
    last_heartbeat_at,
    cpu_percent,
    memory_mib,
    verdict,
  };
}

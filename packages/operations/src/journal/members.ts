import type { Origin } from "@mimolo/evidence";

/** Whose record it is, as records say it. */
export function members(origin: Origin) {
  return {
    instance_id: origin.instanceId,
    plugin_id: origin.pluginId,
    agent_label: origin.agentLabel,
    ...(origin.runId === "" ? {} : { run_id: origin.runId }),
    trust: origin.trust,
  };
}

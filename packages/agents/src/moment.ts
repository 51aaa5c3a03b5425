// What templates of an action are filled from.
import type { ActionContext } from "@mimolo/agent-sdk";

/** Nobody reads more of them. */
const MOST_TOLD = 20;

/** What `{{…}}` can name: what the call came with, and nothing of the plugin's own. */
export function momentOf(context: ActionContext): object {
  const { timestamp, source, velocity, mode, rule, event, agent, data } = context;
  return { timestamp, source, velocity, mode, rule, event, agent, data };
}

/** Says of each path that leads nowhere, once, that it stays empty. */
export function missingTold(): (path: string, context: Pick<ActionContext, "log">) => void {
  const told = new Set<string>();
  return (path, { log }) => {
    if (told.has(path) || told.size >= MOST_TOLD) return;
    told.add(path);
    log.warning(`{{${path}}} is nothing that this call came with; it stays empty`);
  };
}

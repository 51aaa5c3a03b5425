import type { PluginCall } from "../../calls/plugin-call.ts";
import type { Cause } from "../../causes/cause.ts";
import type { Happening } from "../happening.ts";
import type { Rule } from "../rule.ts";

/** Nobody waits for a run: an action has time for a few tries. */
const PATIENCE_MS = 30_000;
/** With more than this a command might not fit its line. */
const MOST_DATA_BYTES = 32_768;

/** What an action is told beside its parameters. */
export interface ActionContext {
  readonly timestamp: string;
  readonly source: string;
  readonly rule: string;
  readonly event?: string;
  readonly agent?: string;
  readonly plugin?: string;
  readonly velocity?: unknown;
  readonly mode?: unknown;
  readonly data?: unknown;
}

/** The call that a rule makes of a happening. */
export function actionCall(rule: Rule, happening: Happening, cause: Cause): PluginCall {
  return {
    interface: "action",
    method: "execute",
    params: rule.config.do.params,
    context: { ...actionContext(rule, happening) },
    timeoutMs: PATIENCE_MS,
    by: { kind: "rule", name: rule.name },
    cause,
  };
}

/** What happened, as the action gets it. */
export function actionContext({ name }: Rule, happening: Happening): ActionContext {
  const { source, event, agent, plugin, velocity, mode, atMs } = happening;
  const data = shortened(happening);
  return {
    timestamp: new Date(atMs).toISOString(),
    source,
    rule: name,
    ...(event !== undefined && { event }),
    ...(agent !== undefined && { agent }),
    ...(plugin !== undefined && { plugin }),
    ...(velocity !== undefined && { velocity }),
    ...(mode !== undefined && { mode }),
    ...(data !== undefined && { data }),
  };
}

/** A long day's segment goes without what monitors made of it: its times still fit. */
function shortened({ source, data }: Happening): unknown {
  if (source !== "segment" || typeof data !== "object" || data === null) return data;
  if (JSON.stringify(data).length <= MOST_DATA_BYTES) return data;
  const { aggregated: _, ...rest } = data as Record<string, unknown>;
  return { ...rest, shortened: true };
}

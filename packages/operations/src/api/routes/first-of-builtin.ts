import { CAPABILITIES, type Capability } from "@mimolo/protocol";
import { pluginIdOf } from "../../config/index.ts";
import type { Caller } from "../login/access.ts";
import type { Confirmations } from "../confirmations/confirmations.ts";
import type { CollectorView } from "../view.ts";

type Values = Readonly<Record<string, unknown>>;

/** A built-in plugin may do what it says from the moment it is configured. The first agent of one that sees or does more than low
 *  risk is thus a grant, and over TCP confirmed like any: `code` is taken out of what is configured. Throws `needs-confirmation`. */
export function confirmFirstOfBuiltin(
  { label, values, caller }: { readonly label: string; readonly values: Values; readonly caller: Caller },
  view: CollectorView,
  confirmations: Confirmations,
): Values {
  if (caller.transport !== "tcp") return values;
  const id = pluginIdOf(label, { plugin: values["plugin"] }, view.injected.builtins);
  const builtin = view.injected.builtins?.find(({ plugin_id: each }) => each === id);
  const capabilities = (builtin?.capabilities ?? []).filter(isRisky);
  const isThere = view.status().agents.some(({ plugin_id: each }) => each === id);
  if (capabilities.length === 0 || isThere) return values;
  const { code, ...others } = values;
  confirmations.confirm(caller, { plugin_id: id, capabilities }, typeof code === "string" ? code : undefined);
  return others;
}

function isRisky(capability: string): boolean {
  return !Object.hasOwn(CAPABILITIES, capability) || CAPABILITIES[capability as Capability].risk !== "low";
}

import type { PluginInterface } from "@mimolo/protocol";
import { nearestName } from "../config/nearest.ts";

/** What each interface may be asked. */
const methods: Readonly<Record<PluginInterface, readonly string[]>> = {
  action: ["execute"],
  trigger: ["start", "stop"],
  message_handler: ["can_handle", "handle_message", "supported_types"],
  command: ["list", "execute"],
  data_provider: ["sources", "query"],
  analytics: ["metrics", "collect", "report"],
  aggregate: ["filter"],
  artifact: ["archive", "restore"],
  config: ["schema", "validate"],
};

/** For people whose call was not offered: the method they meant, or those there are; `null` where the method is none of their faults. */
export function methodHint(name: PluginInterface, method: string): string | null {
  const known = methods[name];
  if (known.includes(method)) return null;
  const nearest = nearestName(method, known);
  return nearest === undefined ? `${name} has ${known.join(", ")}` : `did you mean ${nearest}?`;
}

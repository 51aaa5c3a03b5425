import type { InterfaceName } from "../calls/offers.ts";
import type { PluginHooks } from "./hooks.ts";

/** The interfaces an author's hooks stand for. */
export function interfacesOf({
  onMessage,
  onCommand,
  onQuery,
  archive,
  restore,
  config,
}: PluginHooks): InterfaceName[] {
  return [
    ...(onMessage === undefined ? [] : (["message_handler"] as const)),
    ...(onCommand === undefined ? [] : (["command"] as const)),
    ...(onQuery === undefined ? [] : (["data_provider"] as const)),
    ...(archive === undefined && restore === undefined ? [] : (["artifact"] as const)),
    ...(config === undefined ? [] : (["config"] as const)),
  ];
}

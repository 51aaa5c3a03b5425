import type { CollectorEvents } from "@mimolo/operations";
import { timeOfDayWithSeconds } from "../present/clock-time.ts";

/** The code with which a page gets what it asks for; whoever reads it decides. */
export function confirmationText({
  code,
  plugin_id: pluginId,
  capabilities,
  expires_at: expiresAt,
}: CollectorEvents["confirmation:asked"]): string {
  const until = timeOfDayWithSeconds(Date.parse(expiresAt));
  return `somebody asks over the API to give ${pluginId} ${capabilities.join(", ")}. If that is you, the code is ${code} (until ${until})`;
}

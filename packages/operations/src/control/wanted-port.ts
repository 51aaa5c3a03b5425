import type { WantedPort } from "../api/listeners/open-port.ts";
import type { CollectorOptions } from "../collector-options.ts";
import type { LoadedConfig } from "../config/index.ts";

/** Which port the API is wanted on, `null`: none. What the embedder says goes over the configuration. */
export function wantedPort(
  control: CollectorOptions["control"],
  config: Pick<LoadedConfig, "control" | "origins">,
): WantedPort | null {
  const own = typeof control === "object" ? control : {};
  if (!(own.dashboard ?? config.control.dashboard)) return null;
  const isAsked = own.port !== undefined || config.origins.has("control.port");
  return { port: own.port ?? config.control.port, isAsked };
}

import type { WantedPort } from "../api/listeners/open-port.ts";
import type { CollectorOptions } from "../collector-options.ts";
import type { LoadedConfig } from "../config/index.ts";
import { CollectorError } from "../error.ts";

/** Which port the API is wanted on, `null`: none. What the embedder says goes over the configuration. Throws `CollectorError`
 *  `invalid-parameter` for a number that is no port. */
export function wantedPort(
  control: CollectorOptions["control"],
  config: Pick<LoadedConfig, "control" | "origins">,
): WantedPort | null {
  const own = typeof control === "object" ? control : {};
  if (!(own.dashboard ?? config.control.dashboard)) return null;
  if (own.port !== undefined && !isPort(own.port)) {
    const found = `control.port is no port: ${own.port}`;
    throw new CollectorError("invalid-parameter", found, "give a whole number from 1 to 65535, or 0 for any free one");
  }
  const isAsked = own.port !== undefined || config.origins.has("control.port");
  return { port: own.port ?? config.control.port, isAsked };
}

function isPort(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= 65_535;
}

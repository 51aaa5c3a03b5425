import { dataDirectory } from "@mimolo/operations/reading";
import { readDecisions } from "@mimolo/operations/trust";
import type { Call } from "../call.ts";
import { dataDirOf } from "../place.ts";
import type { Roots } from "../present/capability.ts";

/** Which folders an installed plugin means when it asks for files; none: all of them, or nothing is known of it. */
export function rootsOf(call: Pick<Call, "options" | "surroundings">, pluginId: string): Roots {
  const { installed } = readDecisions(dataDirectory(dataDirOf(call)));
  return installed.find((plugin) => plugin.pluginId === pluginId)?.manifest.filesystem ?? {};
}

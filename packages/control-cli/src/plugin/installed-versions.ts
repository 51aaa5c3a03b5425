import { agents as builtins } from "@mimolo/agents";
import { dataDirectory } from "@mimolo/operations/reading";
import { readDecisions } from "@mimolo/operations/trust";
import type { Call } from "../call.ts";
import { dataDirOf } from "../place.ts";

/** What is built in or installed, by id; a damaged copy counts, since it was. */
export function installedVersions(call: Pick<Call, "options" | "surroundings">): ReadonlyMap<string, string> {
  const { installed, broken } = readDecisions(dataDirectory(dataDirOf(call)));
  return new Map([
    ...builtins.map(({ plugin_id: id, version }) => [id, version] as const),
    ...[...broken, ...installed].map(({ pluginId, version }) => [pluginId, version] as const),
  ]);
}

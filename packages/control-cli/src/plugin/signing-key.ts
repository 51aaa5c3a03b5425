import { newestSecretKey, readTrust, type SigningKey } from "@mimolo/operations/trust";
import { dataDirectory } from "@mimolo/operations/reading";
import type { Call } from "../call.ts";
import { CliError, EXIT } from "../error.ts";
import { dataDirOf } from "../place.ts";
import { commandFor } from "../run/first-screen.ts";

/** The newest key of one's own whose scope covers that plugin. Throws exit code 4 with the line that makes one. */
export function signingKeyFor(call: Pick<Call, "options" | "surroundings">, pluginId: string): SigningKey {
  const { keys, trustFile } = dataDirectory(dataDirOf(call));
  const key = newestSecretKey(keys, readTrust(trustFile), pluginId);
  if (key !== null) return key;
  const command = commandFor(call.surroundings.env, call.options.dataDir);
  const [publisher = pluginId] = pluginId.split(".");
  throw new CliError(
    "no-key",
    EXIT.refused,
    `none of your keys may vouch for ${pluginId}`,
    `Make one: ${command(`key new --scope '${publisher}.*'`)}`,
  );
}

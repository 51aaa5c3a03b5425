import { resolve } from "node:path";
import { findRunning, resolveDataDirectory } from "@mimolo/operations/reading";
import type { Call } from "./call.ts";
import { CliError, EXIT } from "./error.ts";
import { type Client, clientAt } from "./client.ts";
import { notReachable } from "./client/refusal.ts";

/** The data directory this call is about, absolute. */
export function dataDirOf(call: Pick<Call, "options" | "surroundings">): string {
  if (call.options.dataDir === "") {
    // Often `--data-dir "$UNSET"`: falling back to the usual folder would surprise.
    throw new CliError("usage", EXIT.usage, "--data-dir is empty", "Name a folder, or leave the option out.");
  }
  return resolveDataDirectory(call.options.dataDir, call.surroundings.env);
}

/** The folder that `--repo` names, absolute. */
export function repositoryOf({ surroundings }: Pick<Call, "surroundings">, repo: string): string {
  if (repo === "")
    throw new CliError("usage", EXIT.usage, "--repo is empty", "Name a folder, or leave the option out.");
  return resolve(surroundings.cwd, repo);
}

/** A client for the collector that runs on this call's data directory. Throws exit code 3 when there is none. */
export async function clientOf(call: Pick<Call, "options" | "surroundings">): Promise<Client> {
  const client = await clientIfRunning(call);
  if (client === null) throw notReachable(dataDirOf(call));
  return client;
}

/** The same, or `null` when no collector runs there. */
export async function clientIfRunning(call: Pick<Call, "options" | "surroundings">): Promise<Client | null> {
  const running = await findRunning(dataDirOf(call));
  return running === null ? null : clientAt(running.socket);
}

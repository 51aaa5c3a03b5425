import { findRunning, holderOf } from "@mimolo/operations/reading";
import type { Call } from "../call.ts";
import { dataDirOf } from "../place.ts";
import { type Client, clientAt } from "./client.ts";
import { notListening, notReachable } from "./refusal.ts";

/** A client for the collector that runs on this call's data directory. Throws exit code 3 when there is none. */
export async function clientOf(call: Pick<Call, "options" | "surroundings">): Promise<Client> {
  const client = await clientIfRunning(call);
  if (client !== null) return client;
  const dataDir = dataDirOf(call);
  const pid = holderOf(dataDir);
  throw pid === null ? notReachable(dataDir) : notListening(dataDir, pid);
}

/** The same, or `null` when no collector runs there. */
export async function clientIfRunning(call: Pick<Call, "options" | "surroundings">): Promise<Client | null> {
  const running = await findRunning(dataDirOf(call));
  return running === null ? null : clientAt(running.socket);
}

import { setTimeout as delay } from "node:timers/promises";
import { findRunning, holderOf } from "@mimolo/operations/reading";
import type { Call } from "../call.ts";
import { dataDirOf } from "../place.ts";
import { type Client, clientAt } from "./client.ts";
import { notListening, notReachable } from "./refusal.ts";

/** How long a collector may take from its lock to its socket, when somebody asks at once. */
const PATIENCE_MS = 2000;
const LOOK_AGAIN_MS = 25;

/** A client for the collector that runs on this call's data directory; one that is just starting is waited for a moment. Throws
 *  exit code 3 when there is none, or none that listens. */
export async function clientOf(call: Pick<Call, "options" | "surroundings">): Promise<Client> {
  const dataDir = dataDirOf(call);
  const enoughMs = performance.now() + PATIENCE_MS;
  for (;;) {
    const client = await clientIfRunning(call);
    if (client !== null) return client;
    const pid = holderOf(dataDir);
    if (pid === null) throw notReachable(dataDir);
    if (performance.now() >= enoughMs) throw notListening(dataDir, pid);
    await delay(LOOK_AGAIN_MS);
  }
}

/** The same, or `null` when no collector runs there. */
export async function clientIfRunning(call: Pick<Call, "options" | "surroundings">): Promise<Client | null> {
  const running = await findRunning(dataDirOf(call));
  return running === null ? null : clientAt(running.socket);
}

import { setTimeout as delay } from "node:timers/promises";
import type { Call } from "../call.ts";
import { clientIfRunning } from "../client/running.ts";
import type { Client } from "../client/client.ts";

/** How long another command may hold the folder, or a collector may take until it answers. */
const PATIENCE_MS = 5000;
const RETRY_MS = 100;

/** Whoever holds the data directory does it: a running collector, or where none runs this command. */
export async function byHolder<Result>(
  call: Pick<Call, "options" | "surroundings">,
  collector: (client: Client) => Promise<Result>,
  command: () => Promise<Result>,
): Promise<Result> {
  for (let waitedMs = 0; ; waitedMs += RETRY_MS) {
    const client = await clientIfRunning(call);
    if (client !== null) return await collector(client);
    try {
      return await command();
    } catch (error) {
      // A collector, or another command, was quicker between the look and the lock.
      if ((error as Error).name !== "AlreadyRunningError" || waitedMs >= PATIENCE_MS) throw error;
      await delay(RETRY_MS);
    }
  }
}

import { setTimeout as delay } from "node:timers/promises";
import { holderOf } from "@mimolo/operations/reading";
import type { Call } from "../call.ts";
import type { Client } from "../client/client.ts";
import { notListening } from "../client/refusal.ts";
import { clientIfRunning } from "../client/running.ts";
import { CliError } from "../error.ts";
import { dataDirOf } from "../place.ts";

/** How long another command may hold the folder, or a collector may take until it answers or is gone. */
const PATIENCE_MS = 5000;
const RETRY_MS = 100;

/** Whoever holds the data directory does it: a running collector, or where none runs this command. Throws `CliError`, exit
 *  code 3, when somebody holds it who cannot be asked. */
export async function byHolder<Result>(
  call: Pick<Call, "options" | "surroundings">,
  collector: (client: Client) => Promise<Result>,
  command: () => Promise<Result>,
): Promise<Result> {
  const enoughMs = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      const client = await clientIfRunning(call);
      return client === null ? await command() : await collector(client);
    } catch (error) {
      if (!isHeldByAnother(error)) throw error;
      if (performance.now() >= enoughMs) throw lastWord(call, error);
    }
    await delay(RETRY_MS);
  }
}

/** A collector, or another command, was quicker between the look and the lock; or a collector ended between the look and the
 *  request, which never was sent. */
function isHeldByAnother(error: unknown): boolean {
  if ((error as Error).name === "AlreadyRunningError") return true;
  if (!(error instanceof CliError) || error.code !== "collector-not-reachable") return false;
  const { code } = Object(error.cause) as { code?: unknown };
  return code === "ECONNREFUSED" || code === "ENOENT";
}

function lastWord(call: Pick<Call, "options" | "surroundings">, error: unknown): unknown {
  const dataDir = dataDirOf(call);
  const pid = holderOf(dataDir);
  return pid === null ? error : notListening(dataDir, pid, error);
}

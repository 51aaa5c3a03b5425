import { setTimeout as delay } from "node:timers/promises";
import { withTrustDesk } from "@mimolo/operations/trust";
import type { Call } from "../call.ts";
import { clientIfRunning, dataDirOf } from "../place.ts";
import { unbroken } from "../unbroken.ts";
import { autoGrantLow } from "./auto-grant-low.ts";
import type { Desk } from "./desk.ts";
import { deskOver } from "./over-socket.ts";

/** How long another command may hold the folder, or a collector may take until it answers. */
const PATIENCE_MS = 5000;
const RETRY_MS = 100;

/** Lets `use` change trust: through the running collector, the only one who then writes, else by itself under the lock. */
export async function throughDesk<Result>(
  call: Pick<Call, "options" | "surroundings">,
  use: (desk: Desk) => Promise<Result>,
): Promise<Result> {
  for (let waitedMs = 0; ; waitedMs += RETRY_MS) {
    const client = await clientIfRunning(call);
    if (client !== null) return await use(deskOver(client));
    try {
      const options = { autoGrantLow: () => autoGrantLow(call) };
      return await unbroken(call.surroundings, () => withTrustDesk(dataDirOf(call), use, options));
    } catch (error) {
      // A collector, or another command, was quicker between the look and the lock.
      if ((error as Error).name !== "AlreadyRunningError" || waitedMs >= PATIENCE_MS) throw error;
      await delay(RETRY_MS);
    }
  }
}

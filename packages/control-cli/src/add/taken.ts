import { setTimeout as delay } from "node:timers/promises";
import type { Call } from "../call.ts";
import { clientIfRunning } from "../client/running.ts";
import type { Home } from "./home.ts";

/** How long a collector may take to read a file it was just allowed. */
const TAKEN_WITHIN_MS = 3000;
const LOOK_AGAIN_MS = 50;

/** Whether a collector runs that might: it goes by no file so far, and none was named for this edit. */
export function mayTakeItUp({ options }: Pick<Call, "options">, { running }: Pick<Home, "running">): boolean {
  return running !== null && running.config.files.length === 0 && options.config === undefined;
}

/** Whether a collector that ran without a file goes by these now: what was just allowed it reads by itself. One that runs for
 *  another folder never will. */
export async function isTaken(call: Call, files: readonly string[]): Promise<boolean> {
  const client = await clientIfRunning(call);
  if (client === null) return false;
  const enoughMs = performance.now() + TAKEN_WITHIN_MS;
  while (performance.now() < enoughMs) {
    const taken = (await client.get("/config")).files;
    if (files.every((file) => taken.includes(file))) return true;
    await delay(LOOK_AGAIN_MS);
  }
  return false;
}

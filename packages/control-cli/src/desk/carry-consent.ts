import { withTrustDesk } from "@mimolo/operations/trust";
import type { CarriedConsent } from "@mimolo/operations";
import type { Call } from "../call.ts";
import { dataDirOf } from "../place.ts";
import { BY } from "./desk.ts";
import { throughDesk } from "./through-desk.ts";

/** Whoever agreed to `from` agrees to `to`, which this command has just written. A running collector that goes by other
 *  files knows no such edit: there what lies in the place is allowed as by `mimolo allow`. */
export async function carryOn(call: Pick<Call, "options" | "surroundings">, edit: CarriedConsent): Promise<void> {
  try {
    await withTrustDesk(dataDirOf(call), (desk) => desk.carryConsent({ ...edit, by: BY }));
  } catch (error) {
    if ((error as Error).name !== "AlreadyRunningError") throw error;
    await throughDesk(call, (desk) => desk.allow({ path: edit.path, by: BY }));
  }
}

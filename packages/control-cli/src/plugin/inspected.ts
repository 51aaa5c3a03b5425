import { resolve } from "node:path";
import { inspect, type Inspection } from "@mimolo/operations/trust";
import type { Call } from "../call.ts";
import { autoGrantLow } from "../desk/auto-grant-low.ts";
import { dataDirOf } from "../place.ts";
import { whileBusy } from "../present/busy.ts";
import { refuseUnpacked } from "./unpacked.ts";

export type { Inspection } from "@mimolo/operations/trust";

/** What a package or its folder is worth here; `typed` is how messages call it. Changes nothing; reads the keyring from the
 *  disk, where a running collector keeps it up to date. */
export async function inspected(
  call: Call,
  place: string,
  { acceptDowngrade = false, typed = place }: { readonly acceptDowngrade?: boolean; readonly typed?: string } = {},
): Promise<Inspection> {
  const path = resolve(call.surroundings.cwd, place);
  refuseUnpacked(path, typed);
  return await whileBusy(call.output, `checking ${typed}`, () =>
    inspect(dataDirOf(call), path, { acceptDowngrade, autoGrantLow: autoGrantLow(call) }),
  );
}

import { withTrustDesk } from "@mimolo/operations/trust";
import type { Call } from "../call.ts";
import { dataDirOf } from "../place.ts";
import { unbroken } from "../unbroken.ts";
import { autoGrantLow } from "./auto-grant-low.ts";
import { byHolder } from "./by-holder.ts";
import type { Desk } from "./desk.ts";
import { deskOver } from "./over-socket.ts";

/** Lets `use` change trust: through the running collector, the only one who then writes, else by itself under the lock. */
export async function throughDesk<Result>(
  call: Pick<Call, "options" | "surroundings">,
  use: (desk: Desk) => Promise<Result>,
): Promise<Result> {
  return await byHolder(
    call,
    (client) => use(deskOver(client)),
    () => {
      const options = { autoGrantLow: () => autoGrantLow(call) };
      return unbroken(call.surroundings, () => withTrustDesk(dataDirOf(call), use, options));
    },
  );
}

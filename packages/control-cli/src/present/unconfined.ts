import { probeSandbox } from "@mimolo/supervisor";
import type { Call } from "../call.ts";

/** Said with every consent where no sandbox would hold what is consented to; `null` where one does. */
export function unconfinedHere({ surroundings }: Pick<Call, "surroundings">): string | null {
  const { bubblewrap, why } = probeSandbox({ env: surroundings.env });
  return bubblewrap === null ? `it runs unconfined here: ${why}; what it may touch is only in part held` : null;
}

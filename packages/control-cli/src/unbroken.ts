import { CliError, EXIT } from "./error.ts";
import type { Surroundings } from "./surroundings.ts";

/** Does what must not be left half done; a stop signal that comes meanwhile is obeyed right after, with exit code 130. */
export async function unbroken<Result>(
  surroundings: Pick<Surroundings, "onStopSignal">,
  work: () => Promise<Result>,
): Promise<Result> {
  let heard = false;
  const off = surroundings.onStopSignal(() => {
    heard = true;
  });
  const result = await work().finally(off);
  if (!heard) return result;
  throw new CliError("interrupted", EXIT.interrupted, "interrupted, after what had begun was done", "");
}

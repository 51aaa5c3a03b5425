import { awaitedLock } from "../control/awaited-lock.ts";
import { dataDirectory, makeDataDirectory } from "../data-directory.ts";
import { Overrides } from "./overrides.ts";

/** How long one command waits for another that holds the data directory. */
const PATIENCE_MS = 10_000;

/** Opens `state/overrides.json` under `root` where no collector runs, making the data directory if need be; waits a little for
 *  another command at it. Throws `AlreadyRunningError` beside a collector, which alone changes it then. */
export async function withKept<Result>(
  root: string,
  use: (kept: Overrides) => Result | Promise<Result>,
): Promise<Result> {
  const directory = dataDirectory(root);
  makeDataDirectory(directory);
  const release = await awaitedLock(directory, PATIENCE_MS);
  try {
    return await use(Overrides.open(directory.overrides));
  } finally {
    release();
  }
}

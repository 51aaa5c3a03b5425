import { isMainThread } from "node:worker_threads";

/** What agents write is their user's alone. */
const PRIVATE = 0o077;

/** Runs `start` with the mask that a child shall inherit. Node has no option for it, a worker thread may not set it, and
 *  Windows has none. */
export function withPrivateUmask<Result>(start: () => Result): Result {
  if (!isMainThread || process.platform === "win32") return start();
  const before = process.umask(PRIVATE);
  try {
    return start();
  } finally {
    process.umask(before);
  }
}

import { setTimeout as delay } from "node:timers/promises";
import { EXIT, type ExitCode } from "./error.ts";
import type { Output } from "./output.ts";
import type { Surroundings } from "./surroundings.ts";

const POLL_MS = 400;

/** Runs `readMore` again and again until it says `false`, on Ctrl-C (exit code 130) or another stop signal, or when the
 *  reader went away. */
export async function follow(
  around: { readonly output: Output; readonly surroundings: Surroundings },
  readMore: () => Promise<boolean>,
): Promise<ExitCode> {
  const ended = new AbortController();
  let code: ExitCode = EXIT.done;
  const off = around.surroundings.onStopSignal((signal) => {
    if (signal === "SIGINT") code = EXIT.interrupted;
    ended.abort();
  });
  try {
    while (!ended.signal.aborted && !around.output.closed) {
      if (!(await readMore())) break;
      await delay(POLL_MS, undefined, { signal: ended.signal }).catch(() => {});
    }
  } finally {
    off();
  }
  return code;
}

import type { Collector } from "@mimolo/operations";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** So many starts leave enough behind to be worth a pause. */
const MANY = 100;
/** No start for so long: it is over. */
const CALM_MS = 10_000;

/** Collects all garbage once after each large start: what a thousand spawns leave behind V8 keeps for as long as little is
 *  allocated, and it is a fifth of the collector. A pause of a tenth of a second for a thousand agents; with a few there is
 *  none. Call the answer to end it. */
export function tidyAfterStarts(collector: Pick<Collector, "on">, collect: () => void = collectGarbage): () => void {
  let starts = 0;
  let timer: NodeJS.Timeout | undefined;
  const off = collector.on("agent:state", ({ state }) => {
    if (state !== "running" || ++starts < MANY) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      starts = 0;
      collect();
    }, CALM_MS).unref();
  });
  return () => {
    off();
    clearTimeout(timer);
  };
}

/** The only door Node has to it; closed behind us. */
function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  const gc: unknown = runInNewContext("globalThis.gc");
  setFlagsFromString("--no-expose-gc");
  if (typeof gc === "function") gc();
}

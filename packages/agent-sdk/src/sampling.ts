// The author's sample, run at its pace, its failures told.
import type { Behaviour, Running } from "./behaviour.ts";
import type { Clock } from "./clock.ts";
import { Sampler } from "./sampler.ts";
import type { Tally } from "./tally.ts";
import type { Voice } from "./voice.ts";
import type { Wellbeing } from "./wellbeing.ts";

/** So many failures in a row make an agent `degraded`. */
const FAILURES_TO_DEGRADE = 3;

/** The sampler of a running agent; without a `sample` it keeps an idle pace and calls nothing. */
export function samplerOf(options: {
  behaviour: Pick<Behaviour, "failureCode" | "giveUpMs">;
  running: Pick<Running, "sample">;
  paceMs: number;
  clock: Clock;
  tally: Tally;
  voice: Voice;
  wellbeing: () => Wellbeing;
  took: (tookMs: number) => void;
}): Sampler {
  const { behaviour, running, clock, tally, voice, wellbeing, took } = options;
  const { sample } = running;
  return new Sampler({
    clock,
    giveUpMs: behaviour.giveUpMs,
    everyMs: options.paceMs,
    sample:
      sample === undefined
        ? null
        : () => {
            tally.sampled();
            return sample();
          },
    events: {
      failed(error, failures, retryMs) {
        const context = {
          failures,
          retry_in_s: retryMs / 1000,
          ...(error.stack === undefined ? {} : { stack: error.stack }),
        };
        voice.error(behaviour.failureCode, error.message, { context });
        if (failures === FAILURES_TO_DEGRADE) {
          wellbeing().become("sampling", "degraded", `${failures} samples in a row failed`);
        }
      },
      recovered(failures) {
        voice.log("info", `sampling works again after ${failures} ${failures === 1 ? "failure" : "failures"}`);
        wellbeing().become("sampling", "ok");
      },
      took,
      slow(tookMs, expectedMs) {
        const expected = Math.round(expectedMs);
        voice.log("warning", `a sample took ${Math.round(tookMs)} ms; it should be over in ${expected} ms`);
      },
    },
  });
}

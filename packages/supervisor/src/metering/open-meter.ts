import { type Clock, systemClock } from "../clock.ts";
import { ElsewhereMeter } from "./elsewhere-meter.ts";
import type { Meter } from "./meter.ts";
import { ProcMeter } from "./proc-meter.ts";

export interface MeterOptions {
  /** `process.platform` unless told otherwise. */
  readonly platform?: NodeJS.Platform;
  /** `/proc` unless told otherwise. */
  readonly procRoot?: string;
  /** How many descriptors Linux may keep: a quarter of what this process may have, unless told otherwise. */
  readonly keptDescriptors?: number;
  readonly clock?: Pick<Clock, "ticksMs">;
}

/** Linux: whole process groups from `/proc`, PSS every 30 s and at once above a limit. Elsewhere `pidusage`: the leader alone,
 *  and RSS. */
export function openMeter(options: MeterOptions = {}): Meter {
  const { platform = process.platform, procRoot = "/proc", clock = systemClock, keptDescriptors } = options;
  if (platform !== "linux") return new ElsewhereMeter();
  return new ProcMeter({ procRoot, ticksMs: () => clock.ticksMs(), keptDescriptors });
}

import { openArchive } from "@mimolo/operations/reading";
import type { Call } from "../call.ts";
import { clientIfRunning } from "../client/running.ts";
import { EXIT, type ExitCode } from "../error.ts";
import { parseRange } from "../parse/time.ts";
import { dataDirOf } from "../place.ts";
import { timelineLines } from "../present/timeline.ts";
import { smallNursery } from "../run/small-nursery.ts";

export interface TimelineOptions {
  readonly from?: string;
  readonly to?: string;
}

/** `mimolo timeline`: segments of work; at a terminal with a ribbon for each day. */
export async function timeline(call: Call<TimelineOptions>): Promise<ExitCode> {
  const { output, surroundings } = call;
  smallNursery();
  const nowMs = surroundings.nowMs();
  const range = parseRange(call.options, nowMs);
  const report = await openArchive(dataDirOf(call)).timeline({ ...range, nowMs });
  if (output.options.json) await output.json(report);
  else {
    const columns = output.isTerminal ? output.columns : undefined;
    const isEmpty = report.segments.length === 0 && report.open === null;
    const watching = isEmpty ? await watchingNow(call) : undefined;
    await output.print(...timelineLines(report, { range, nowMs, columns, watching }, output.colour));
  }
  return EXIT.done;
}

/** How many agents watch here; where nobody can say, none. */
async function watchingNow(call: Call): Promise<number> {
  try {
    const status = await (await clientIfRunning(call))?.get("/status");
    return status?.agents.filter(({ state }) => state === "running").length ?? 0;
  } catch {
    return 0;
  }
}

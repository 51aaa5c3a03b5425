import { openArchive } from "@mimolo/operations/reading";
import type { PluginStats } from "@mimolo/protocol";
import type { Call } from "../call.ts";
import { clientIfRunning } from "../client/running.ts";
import type { PluginOptions } from "../commands/plugin.ts";
import { EXIT, type ExitCode } from "../error.ts";
import { dataDirOf } from "../place.ts";
import { statsLines } from "../present/plugin-stats.ts";
import { demandKnown } from "./demand-known.ts";

/** `mimolo plugin stats ID`: what its calls came to, and what it uses; without a collector what was counted so far. */
export async function stats(call: Call<PluginOptions>, [id = ""]: readonly string[]): Promise<ExitCode> {
  const { output, surroundings } = call;
  const report = await statsOf(call, id);
  if (output.options.json) await output.json(report);
  else await output.print(...statsLines(report, surroundings.nowMs(), output.colour));
  return EXIT.done;
}

async function statsOf(call: Call, id: string): Promise<PluginStats> {
  const client = await clientIfRunning(call);
  if (client !== null) return await client.get("/plugins/{id}/stats", { path: { id } });
  const kept = await openArchive(dataDirOf(call)).pluginStats(id);
  if (kept.executions === 0 && kept.io_bytes === null) await demandKnown(call, id);
  return kept;
}

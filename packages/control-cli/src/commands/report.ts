import { openArchive } from "@mimolo/operations/reading";
import type { PluginReport } from "@mimolo/protocol";
import type { Call } from "../call.ts";
import { clientIfRunning } from "../client/running.ts";
import { CliError, EXIT, type ExitCode } from "../error.ts";
import { parseRange, type Range } from "../parse/time.ts";
import { dataDirOf } from "../place.ts";
import { demandKnown } from "../plugin/demand-known.ts";
import { type Part, pluginReportCsv, pluginReportLines, pluginReportMarkdown } from "../present/plugin-report.ts";

export interface ReportOptions {
  readonly from?: string;
  readonly to?: string;
  readonly by?: Part;
  readonly format?: "table" | "csv" | "json" | "md";
}

const PLUGIN = "plugin:";

/** `mimolo report plugin:ID`: what a plugin did and used, by the hour, day, week or month; also without a collector. */
export async function report(call: Call<ReportOptions>): Promise<ExitCode> {
  const { options, output, surroundings } = call;
  const [kind = ""] = call.arguments;
  if (!kind.startsWith(PLUGIN) || kind === PLUGIN) {
    const hint = "`mimolo report plugin:ID` is one; `mimolo plugin list` shows the ids.";
    throw new CliError("usage", EXIT.usage, `there is no report "${kind}"`, hint);
  }
  const range = parseRange(options, surroundings.nowMs());
  const { by = "day" } = options;
  const format = output.options.json ? "json" : (options.format ?? "table");
  const found = await reportOf(call, kind.slice(PLUGIN.length), range, by);
  if (format === "json") await output.json(found);
  else if (format === "csv") await output.print(...pluginReportCsv(found));
  else if (format === "md") await output.print(...pluginReportMarkdown(found, by));
  else await output.print(...pluginReportLines(found, by, output.colour));
  return EXIT.done;
}

async function reportOf(call: Call, pluginId: string, range: Range, by: Part): Promise<PluginReport> {
  const client = await clientIfRunning(call);
  if (client !== null) {
    const query = { by, from: isoOf(range.fromMs), to: isoOf(range.toMs) };
    // The document knows each report only as far as all are alike.
    return (await client.get("/reports/{kind}", { path: { kind: PLUGIN + pluginId }, query })) as PluginReport;
  }
  const nowMs = call.surroundings.nowMs();
  const query = { ...range, pluginId, by, nowMs, local: await localTime(call) };
  const found = await openArchive(dataDirOf(call)).pluginReport(query);
  if (found.rows.length === 0) await demandKnown(call, pluginId);
  return found;
}

function isoOf(atMs: number | undefined): string | undefined {
  return atMs === undefined ? undefined : new Date(atMs).toISOString();
}

/** Hours and days as the configuration has them. */
async function localTime(call: Call): Promise<{ timeZone: string; dayStart: string }> {
  // With a collector it is the one that knows.
  const [{ agents: builtins }, { runSettings }] = await Promise.all([
    import("@mimolo/agents"),
    import("../run/settings.ts"),
  ]);
  const { time_zone: timeZone, day_start: dayStart } = runSettings(call, builtins, { look: true }).config.monitor;
  return { timeZone, dayStart };
}

import { resolve } from "node:path";
import type { PluginConfigReport } from "@mimolo/protocol";
import { keyValues } from "../agent/key-values.ts";
import type { Call } from "../call.ts";
import { clientIfRunning } from "../client/running.ts";
import type { PluginOptions } from "../commands/plugin.ts";
import { byHolder } from "../desk/by-holder.ts";
import { CliError, EXIT, type ExitCode } from "../error.ts";
import { whileBusy } from "../present/busy.ts";
import { changedSettings, settingLines } from "../present/plugin-config.ts";
import { printable } from "../present/width.ts";
import { asNextRun } from "./as-next-run.ts";

/** `mimolo plugin config ID [KEY=VALUE…]`: what its agents are told and by whom, or a change of that, kept over restarts. */
export async function config(call: Call<PluginOptions>, [id = "", ...written]: readonly string[]): Promise<ExitCode> {
  if (call.options.label === "") {
    throw new CliError("usage", EXIT.usage, "--label is empty", "Name an agent, or leave the option out.");
  }
  if (written.length === 0) await show(call, await reportOf(call, id));
  else {
    const values = keyValues(written, { nullable: true });
    await change(call, id, withWholePaths(values, call.surroundings.cwd));
  }
  return EXIT.done;
}

/** What the running collector goes by; without one, or with a file named, what a run here would go by. */
async function reportOf(call: Call<PluginOptions>, id: string): Promise<PluginConfigReport> {
  const { config: file, label } = call.options;
  const client = file === undefined ? await clientIfRunning(call) : null;
  if (client === null) return (await import("@mimolo/operations")).idleSettings(asNextRun(call), id, label);
  return await client.get("/plugins/{id}/config", { path: { id }, query: { label } });
}

async function show({ options, output, surroundings }: Call<PluginOptions>, report: PluginConfigReport): Promise<void> {
  if (output.options.json) {
    await output.json(report);
    return;
  }
  const explain = options.explain === true;
  const columns = output.isTerminal ? output.columns : undefined;
  const lines = settingLines(report.values, { explain, cwd: surroundings.cwd, columns }, output.colour);
  await output.print(...lines);
  if (!explain && lines.length > 1)
    output.note("", `  mimolo plugin config ${report.plugin_id} --explain says who set what.`);
}

async function change(call: Call<PluginOptions>, id: string, values: Record<string, unknown>): Promise<void> {
  const { output, options, surroundings } = call;
  const edit = { values, ...(options.label === undefined ? {} : { label: options.label }) };
  const { report, runs } = await whileBusy(output, `configuring ${id}`, () =>
    byHolder(
      call,
      async (client) => ({
        report: await client.put("/plugins/{id}/config", { path: { id }, body: edit }),
        runs: true,
      }),
      async () => {
        const { changeIdleSettings } = await import("@mimolo/operations");
        return { report: await changeIdleSettings(asNextRun(call), id, edit), runs: false };
      },
    ),
  );
  for (const each of report.warnings ?? []) if (!output.options.json) output.warn(printable(each));
  if (output.options.json) {
    await output.json(report);
    return;
  }
  await output.print(...changedSettings(report, Object.keys(values), surroundings.cwd));
  output.note(
    runs
      ? "  Kept, and in effect: only agents that it concerns were touched."
      : "  Kept; no collector runs: it counts from the next `mimolo run`.",
  );
}

/** A file is named from where one stands; it has to be found from elsewhere, too. */
function withWholePaths(values: Record<string, unknown>, cwd: string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => {
      const file = typeof value === "object" && value !== null && "file" in value ? value.file : undefined;
      const isReference = typeof file === "string" && file !== "" && Object.keys(value ?? {}).length === 1;
      return [key, isReference && !file.startsWith("~") ? { file: resolve(cwd, file) } : value];
    }),
  );
}

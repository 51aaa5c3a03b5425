import type { Collector } from "@mimolo/operations";
import type { Call } from "../call.ts";
import { EXIT, type ExitCode } from "../error.ts";
import { table } from "../present/table.ts";
import { printable } from "../present/width.ts";
import type { RunSettings } from "./settings.ts";

/** Says what a run would start. The collector was planned, which checked every executable; nothing of it is started. */
export async function sayDryRun(call: Call, settings: RunSettings, collector: Collector): Promise<ExitCode> {
  const { output } = call;
  const { config } = settings;
  const { plans } = collector;
  const dataDir = collector.directory.root;
  if (output.options.json) {
    const agents = plans.map(
      ({ label, pluginId, verdict, blocked, requested, granted, sandbox, executable, args }) => ({
        label,
        plugin_id: pluginId,
        verdict,
        blocked,
        requested,
        granted,
        sandbox,
        command: [executable, ...args],
      }),
    );
    await output.json({ ok: true, data_dir: dataDir, files: config.files, agents, notices: config.notices });
    return EXIT.done;
  }
  const rows = plans.map((plan) => [plan.label, plan.pluginId, plan.verdict, printable(commandOf(plan))]);
  const source =
    config.files.length === 0 ? ["No configuration: the built-in agents would run."] : ["The configuration is right:"];
  await output.print(
    ...source,
    ...config.files.map((file) => `  ${file}`),
    `Evidence would go to ${dataDir}`,
    "",
    ...table(
      [{ title: "AGENT" }, { title: "PLUGIN" }, { title: "VERDICT" }, { title: "COMMAND" }],
      rows,
      output.colour,
    ),
    ...plans.flatMap(({ label, blocked }) => (blocked === null ? [] : ["", `${label} would not start: ${blocked}`])),
    "",
    "Nothing was started.",
  );
  return EXIT.done;
}

/** The command of a user's own agent; a built-in or installed one has none worth showing. */
export function commandOf(plan: Collector["plans"][number]): string {
  const { builtin, program, name, version } = plan;
  if (builtin !== null) return "built in";
  return program.kind === "own"
    ? [plan.executable, ...plan.args].join(" ")
    : `plugin ${name} ${version ?? ""}`.trimEnd();
}

import { shellWord } from "@mimolo/operations/trust";
import type { Call } from "../call.ts";
import { CliError } from "../error.ts";
import { shownError } from "../present/error.ts";
import { configReportOf } from "./config-report-of.ts";
import type { AgentChange } from "./edit.ts";
import type { AgentEditOptions } from "./edit-options.ts";

/** An edit of what stands in no file, because its plugin brings it, is refused with the line that does it. */
export async function orByItsPlugin<Result>(
  call: Call<AgentEditOptions>,
  change: AgentChange,
  edit: Promise<Result>,
): Promise<Result> {
  try {
    return await edit;
  } catch (error) {
    const { code, exitCode } = shownError(error);
    if (change.do === "add" || !NOT_IN_A_FILE.has(code)) throw error;
    const agents = await configReportOf(call).then(
      (report) => report.agents,
      () => ({}),
    );
    const wanted = change.label.toLowerCase();
    const [label, agent] = Object.entries(agents).find(([each]) => each.toLowerCase() === wanted) ?? [];
    const brought = agent?.values.some(({ key, source }) => key === "plugin" && source === "runtime");
    if (label === undefined || agent === undefined || brought !== true) throw error;
    const message = `${label} stands in no file: it is run by its plugin, ${agent.plugin_id}`;
    throw new CliError(code, exitCode, message, lineFor(call, change, agent.plugin_id), { cause: error });
  }
}

const NOT_IN_A_FILE: ReadonlySet<string> = new Set(["unknown-agent", "no-config-file", "not-editable"]);

/** What was typed, as it is typed for a plugin. */
function lineFor(call: Call<AgentEditOptions>, change: AgentChange, id: string): string {
  switch (change.do) {
    case "remove":
      return `mimolo plugin disable ${id}`;
    case "duplicate":
      return `mimolo agent add ${change.as} --plugin ${id}`;
    default: {
      const { set = [], unset = [] } = call.options;
      const settings = [...call.arguments.slice(2), ...set, ...unset.map((key) => `${key}=null`)];
      return ["mimolo plugin config", id, ...settings.map((each) => shellWord(each))].join(" ");
    }
  }
}

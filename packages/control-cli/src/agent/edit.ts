import { resolve } from "node:path";
import type { ConfigChange, ConfigReport } from "@mimolo/operations";
import type { Call } from "../call.ts";
import type { Client } from "../client/client.ts";
import { clientIfRunning } from "../client/running.ts";
import { canAsk, confirmed, noTerminal } from "../consent/ask.ts";
import { CliError, EXIT, type ExitCode } from "../error.ts";
import { shownError } from "../present/error.ts";
import { orByItsPlugin } from "./brought-by-plugin.ts";
import { editInFiles } from "./edit-in-files.ts";
import type { AgentEditOptions } from "./edit-options.ts";
import { editWhileRunning } from "./edit-while-running.ts";
import { keysTaken, keyValues } from "./key-values.ts";
import { type AgentEdit, tellEdit } from "./tell-edit.ts";

export type AgentChange = Exclude<ConfigChange, { do: "collector" }>;

/** `mimolo agent add|duplicate|remove|config`: edits the configuration, by the running collector if it goes by that file. */
export async function editAgent(
  call: Call<AgentEditOptions>,
  action: string,
  label: string,
  more: readonly string[],
): Promise<ExitCode> {
  const { options } = call;
  if (action === "config" && more.length === 0 && (options.unset ?? []).length === 0) {
    return await (await import("./show-config.ts")).showConfig(call, label);
  }
  const change = changeOf(call, action, label, more);
  if (change.do === "remove" && !(await agreed(call, label))) {
    call.output.note("Nothing was changed.");
    return EXIT.interrupted;
  }
  await tellEdit(call, change, await applyChange(call, change));
  return EXIT.done;
}

/** A collector that runs, and what it goes by. */
export interface Running {
  readonly client: Client;
  readonly config: Pick<ConfigReport, "files" | "agents">;
}

/** Edits the configuration, by the running collector if it goes by that file. Who has asked for that already says so, with
 *  `null` for none. Throws `CliError`; nothing is written then. */
export async function applyChange(
  call: Call<AgentEditOptions>,
  change: AgentChange,
  running?: Running | null,
): Promise<AgentEdit> {
  return await orNothingWritten(orByItsPlugin(call, change, edited(call, change, running)));
}

/** What would be wrong is told with the place it would have: in the file there is no such line. */
async function orNothingWritten<Result>(edit: Promise<Result>): Promise<Result> {
  try {
    return await edit;
  } catch (error) {
    const { code, exitCode, message, hint } = shownError(error);
    if (exitCode !== EXIT.usage) throw error;
    const place = /:\d+(?::\d+)?: /.test(message) ? "; the line is where the change would stand" : "";
    throw new CliError(code, exitCode, message, `${hint}\nNothing was written${place}.`, { cause: error });
  }
}

async function edited(call: Call, change: AgentChange, running: Running | null | undefined): Promise<AgentEdit> {
  const client = running === undefined ? await clientIfRunning(call) : (running?.client ?? null);
  if (client === null) return await editInFiles(call, change);
  const { config } = call.options;
  if (config !== undefined) {
    const { files } = running?.config ?? (await client.get("/config"));
    // Another file than those the collector goes by: it is not concerned.
    if (!files.includes(resolve(call.surroundings.cwd, config))) return await editInFiles(call, change);
  }
  return await editWhileRunning(client, change);
}

function changeOf(call: Call<AgentEditOptions>, action: string, label: string, more: readonly string[]): AgentChange {
  const { executable, plugin, arg, set = [], unset = [] } = call.options;
  const [first, ...others] = more;
  if (action === "add") {
    if (first !== undefined) throw usage(`too many words: "${first}"`, `settings are given with --set ${first}`);
    const known = {
      ...(plugin === undefined ? {} : { plugin }),
      ...(executable === undefined ? {} : { executable }),
      ...(arg === undefined ? {} : { args: arg }),
    };
    return { do: "add", label, values: { ...known, ...keyValues(set) } };
  }
  if (action === "duplicate") {
    if (first === undefined || others.length > 0) {
      throw usage("duplicate takes two labels", `mimolo agent duplicate ${label} ${label}-2`);
    }
    return { do: "duplicate", label, as: first };
  }
  if (action === "config") return { do: "set", label, values: keysTaken(unset, keyValues([...more, ...set])) };
  if (first !== undefined) throw usage(`too many words: "${first}"`, `mimolo agent remove ${label}`);
  return { do: "remove", label };
}

/** Asks at a terminal; without one somebody has to have said `--yes`. */
async function agreed(call: Call<AgentEditOptions>, label: string): Promise<boolean> {
  if (call.options.yes === true) return true;
  const hint = `say it with --yes: mimolo agent remove ${label} --yes`;
  if (!canAsk(call)) throw noTerminal("whether to remove it", hint);
  return await confirmed(`Remove ${label} from the configuration? Its evidence stays.`);
}

function usage(message: string, hint: string): CliError {
  return new CliError("usage", EXIT.usage, message, hint);
}

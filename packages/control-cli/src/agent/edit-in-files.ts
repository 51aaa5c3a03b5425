import { agents as builtins } from "@mimolo/agents";
import { createCollector, editConfig, loadConfig, type LoadedConfig } from "@mimolo/operations";
import { relative } from "node:path";
import type { Call } from "../call.ts";
import { dataDirOf } from "../place.ts";
import type { AgentChange } from "./edit.ts";
import type { AgentEdit } from "./tell-edit.ts";

/** Edits the files themselves. Whoever typed what an agent runs has agreed to it; that the file may say so too, without
 *  being named, is another matter and told. */
export async function editInFiles(call: Call, change: AgentChange): Promise<AgentEdit> {
  const { config: configFile } = call.options;
  const read = (texts?: ReadonlyMap<string, string>, consent: true | "notice" = true): LoadedConfig =>
    loadConfig({
      cwd: call.surroundings.cwd,
      env: call.surroundings.env,
      builtins,
      consent,
      ...(configFile === undefined ? {} : { configFile }),
      ...(texts === undefined ? {} : { texts }),
    });
  const collectorOf = (config: LoadedConfig) =>
    createCollector({
      dataDir: dataDirOf(call),
      builtins,
      config,
      cwd: call.surroundings.cwd,
      env: call.surroundings.env,
    });
  const { files, overruled } = await editConfig(change, { read, check: collectorOf });
  const [asked] = read(undefined, "notice").blocked;
  const notes =
    asked === undefined
      ? []
      : [
          `It says what runs, so it has to be named: \`mimolo run --config ${relative(call.surroundings.cwd, asked.file ?? "")}\`.`,
        ];
  return { files, live: null, blocked: [], overruled, notes };
}

import { agents as builtins } from "@mimolo/agents";
import {
  allowedFiles,
  type CarriedConsent,
  createCollector,
  dataDirectory,
  editConfig,
  knownFound,
  knownInstalled,
  loadConfig,
  type LoadedConfig,
} from "@mimolo/operations";
import type { Call } from "../call.ts";
import { dataDirOf } from "../place.ts";
import { firstConfig } from "../run/first-config.ts";
import { type BlockedAgent, goneBeside } from "./gone-beside.ts";
import type { AgentChange } from "./edit.ts";
import type { AgentEdit } from "./tell-edit.ts";

/** Edits the files themselves. Whoever typed what an agent runs has agreed to it; that the file may say so too, without
 *  being named, is another matter and told. Consent to a file goes on to what was made of it here. What other agents
 *  run may be gone: they are told as blocked. */
export async function editInFiles(call: Call, change: AgentChange): Promise<AgentEdit> {
  const { config: configFile } = call.options;
  const { cwd, env } = call.surroundings;
  const dataDir = dataDirOf(call);
  const directory = dataDirectory(dataDir);
  const allowed = allowedFiles(directory.trustFile);
  const load = (more: Pick<Parameters<typeof loadConfig>[0], "consent" | "look" | "texts">): LoadedConfig =>
    loadConfig({
      cwd,
      env,
      dataDir,
      builtins: [...builtins, ...knownInstalled(directory)],
      found: knownFound({ directory, builtins, cwd }),
      ...(configFile === undefined ? {} : { configFile }),
      ...more,
    });
  const read = (texts?: ReadonlyMap<string, string>) =>
    load({ consent: true, ...(texts === undefined ? {} : { texts }) });
  let blocked: readonly BlockedAgent[] = [];
  const collectorOf = (config: LoadedConfig) => createCollector({ dataDir, builtins, config, cwd, env });
  const check = async (config: LoadedConfig) => {
    try {
      return await collectorOf(config);
    } catch (error) {
      const beside = await goneBeside(config, change, collectorOf);
      if (beside.blocked.length === 0) throw error;
      ({ blocked } = beside);
      return await collectorOf(beside.others);
    }
  };
  const carryConsent = async ({ path, from, to }: CarriedConsent): Promise<void> => {
    if (allowed({ path, sha256: from }) !== true) return;
    const { carryOn } = await import("../desk/carry-consent.ts");
    await carryOn(call, { path, from, to });
  };
  // A collector lays over it what was changed while one ran.
  const inEffect = async (config: LoadedConfig) => (await check(config)).config;
  const { files, overruled } = await editConfig(change, {
    read,
    check,
    inEffect,
    carryConsent,
    begin: () => firstConfig(builtins, cwd),
  });
  const [asked] = load({ consent: allowed, look: true }).blocked;
  const notes = asked === undefined ? [] : [`The file says what runs: ${asked.hint ?? asked.message}`];
  return { files, live: null, blocked, overruled, notes };
}

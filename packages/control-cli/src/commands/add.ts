import { resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { agents as builtins } from "@mimolo/agents";
import { loadConfig } from "@mimolo/operations";
import { allowCommand } from "@mimolo/operations/trust";
import { addedCommand, folderFor } from "../add/added-command.ts";
import { applyChange } from "../agent/edit.ts";
import { editInFiles } from "../agent/edit-in-files.ts";
import { keyValues } from "../agent/key-values.ts";
import type { AgentEdit } from "../agent/tell-edit.ts";
import type { Call } from "../call.ts";
import { clientIfRunning } from "../client/running.ts";
import { canAsk, confirmed } from "../consent/ask.ts";
import { grantNames } from "../consent/grants.ts";
import { BY } from "../desk/desk.ts";
import { throughDesk } from "../desk/through-desk.ts";
import { CliError, EXIT, type ExitCode } from "../error.ts";
import { dataDirOf } from "../place.ts";
import { duration } from "../present/duration.ts";
import { printable } from "../present/width.ts";

export interface AddOptions {
  /** Milliseconds. */
  readonly every?: number;
  readonly as?: "lines" | "json" | "nagios" | "influx";
  /** Milliseconds. */
  readonly timeout?: number;
  readonly activity?: "passive" | "changes" | "output";
  readonly grant?: readonly string[];
  readonly set?: readonly string[];
  readonly yes?: boolean;
}

const SHORTEST_MS = 1_000;
/** How long a collector may take to read a file it was just allowed. */
const TAKEN_WITHIN_MS = 3000;
const LOOK_AGAIN_MS = 50;

/** `mimolo add LABEL --every 60s --as lines -- CMD…`: any command as an agent. It is written down, and runs once it is allowed as any
 *  script of the user's is. */
export async function add(call: Call<AddOptions>): Promise<ExitCode> {
  const { options, output, surroundings } = call;
  const [label = "", ...words] = call.arguments;
  const { as, every = 60_000, timeout, activity, set = [] } = options;
  if (as === undefined) {
    const hint = "--as lines, json, nagios (a check's exit code and perfdata) or influx (line protocol)";
    throw new CliError("usage", EXIT.usage, "how is what it prints to be read?", hint);
  }
  if (every < SHORTEST_MS) {
    throw new CliError("usage", EXIT.usage, "--every is shorter than a second", "Write it such as --every 10s.");
  }
  const grants = grantNames(options.grant ?? []);
  const command = addedCommand(call, words);
  const configFile = await configFileOf(call);
  const values = {
    executable: command.executable,
    ...(command.args.length === 0 ? {} : { args: command.args }),
    as,
    poll_interval_s: every / 1000,
    ...folderFor(configFile, surroundings.cwd),
    ...(timeout === undefined ? {} : { timeout_s: timeout / 1000 }),
    ...(activity === undefined ? {} : { activity }),
    ...keyValues(set),
  };
  const change = { do: "add", label, values } as const;
  // A collector that runs without a file would begin one, and not go by what nobody has agreed to: here somebody may.
  const edit = configFile === undefined ? await editInFiles(call, change) : await applyChange(call, change);
  // Of a file that this very edit began nothing says more than what was typed here.
  const begun = configFile === undefined ? edit.files.filter(() => edit.notes.length > 0) : [];
  const allowed = await allowAll(call, { files: command.files, configs: begun }, grants);
  const isTakenNow = edit.live === null && allowed && begun.length > 0 && (await isTaken(call, begun));
  const live = isTakenNow ? { message: `it goes by ${begun.join(" and ")} now`, at_next_start: [] } : edit.live;
  const place = { dataDir: dataDirOf(call), env: surroundings.env };
  const again = grants.length === 0 ? "" : ` --grant ${grants.join(" ")}`;
  const lines = command.files.map((file) => `${allowCommand(file, place)}${again}`);
  if (output.options.json) {
    await output.json({ label, action: "add", ...edit, live, allowed, allow: allowed ? [] : lines });
    return EXIT.done;
  }
  output.note(
    `${label}: \`${printable(words.join(" "))}\` every ${duration(every)}, read as ${as}; it stands in ${edit.files.join(" and ")}.`,
  );
  const notes = allowed && begun.length > 0 ? [] : edit.notes;
  tellNext(call, { ...edit, live, notes }, { label, allowed, lines });
  return EXIT.done;
}

function tellNext(
  { output }: Pick<Call, "output">,
  edit: AgentEdit,
  { label, allowed, lines }: { label: string; allowed: boolean; lines: readonly string[] },
): void {
  for (const note of edit.notes) output.note(`  ${note}`);
  for (const sentence of edit.overruled) output.warn(sentence);
  if (!allowed) {
    output.warn("it does not run yet: nobody has allowed it");
    for (const line of lines) output.note(`  ${line}`);
    return;
  }
  output.note("  Allowed as it is now; an edit of the program wants `mimolo allow` again.");
  const next = edit.live === null ? "It starts with the next `mimolo run`" : "It runs";
  output.note(`  ${next}; what it says: mimolo evidence --agent ${label}`);
}

/** Asks at a terminal; without one somebody has to have said `--yes`, or allows it later. */
async function allowAll(
  call: Call<AddOptions>,
  { files, configs }: { readonly files: readonly string[]; readonly configs: readonly string[] },
  grants: string[],
): Promise<boolean> {
  if (call.options.yes !== true) {
    if (!canAsk(call)) return false;
    const what = files.map((file) => printable(file)).join(" and ");
    const touching = grants.length === 0 ? "nothing but its own folder" : grants.join(", ");
    if (!(await confirmed(`Allow ${what} as it is now? It may touch: ${touching} (--grant says more).`))) return false;
  }
  await throughDesk(call, async (desk) => {
    for (const path of files) await desk.allow({ path, grants, by: BY });
    for (const path of configs) await desk.allow({ path, grants: [], by: BY });
  });
  return true;
}

/** Whether a collector that ran without a file goes by these now: what was just allowed it reads by itself. One that runs for
 *  another folder never will. */
async function isTaken(call: Call, files: readonly string[]): Promise<boolean> {
  const client = await clientIfRunning(call);
  if (client === null) return false;
  const enoughMs = performance.now() + TAKEN_WITHIN_MS;
  while (performance.now() < enoughMs) {
    const taken = (await client.get("/config")).files;
    if (files.every((file) => taken.includes(file))) return true;
    await delay(LOOK_AGAIN_MS);
  }
  return false;
}

/** The file the edit will stand in; `undefined` where it begins one here. */
async function configFileOf(call: Call<AddOptions>): Promise<string | undefined> {
  const { config } = call.options;
  const { cwd, env } = call.surroundings;
  if (config !== undefined) return resolve(cwd, config);
  const client = await clientIfRunning(call);
  if (client !== null) return (await client.get("/config")).files.at(-1);
  return loadConfig({ cwd, env, dataDir: dataDirOf(call), builtins, consent: true, look: true }).files.at(-1);
}

import { resolve } from "node:path";
import { agents as builtins } from "@mimolo/agents";
import { loadConfig } from "@mimolo/operations";
import { allowCommand } from "@mimolo/operations/trust";
import { LABEL_PATTERN } from "@mimolo/protocol";
import { addedCommand, folderFor } from "../add/added-command.ts";
import { allowFiles, isAgreed } from "../add/consent.ts";
import { isTaken } from "../add/taken.ts";
import { type AgentChange, applyChange, type Running } from "../agent/edit.ts";
import { editInFiles } from "../agent/edit-in-files.ts";
import { keyValues } from "../agent/key-values.ts";
import type { AgentEdit } from "../agent/tell-edit.ts";
import type { Call } from "../call.ts";
import { clientIfRunning } from "../client/running.ts";
import { grantNames } from "../consent/grants.ts";
import { CliError, EXIT, type ExitCode } from "../error.ts";
import { dataDirOf } from "../place.ts";
import { duration } from "../present/duration.ts";
import { shownError } from "../present/error.ts";
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
const SOONEST_FLUSH_S = 10;
/** Keys that are said in another way here. */
const OTHERWISE: readonly (readonly [key: string, instead: string])[] = [
  ["executable", "the command stands after --: mimolo add LABEL --as lines -- CMD"],
  ["args", "its arguments stand after it: mimolo add LABEL --as lines -- CMD ARG"],
  ["as", "say --as lines, json, nagios or influx"],
  ["poll_interval_s", "say --every 60s"],
  ["timeout_s", "say --timeout 10s"],
  ["activity", "say --activity passive, changes or output"],
  ["plugin", "for a plugin there is: mimolo agent add LABEL --plugin ID"],
];

type AddChange = Extract<AgentChange, { do: "add" }>;

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
  const settings = settingsOf(set);
  const command = addedCommand(call, words);
  const running = await runningOf(call);
  const configFile = configFileOf(call, running);
  const values = {
    executable: command.executable,
    ...(command.args.length === 0 ? {} : { args: command.args }),
    as,
    poll_interval_s: every / 1000,
    ...flushedEvery(every),
    ...folderFor(configFile, surroundings.cwd),
    ...(timeout === undefined ? {} : { timeout_s: timeout / 1000 }),
    ...(activity === undefined ? {} : { activity }),
    ...settings,
  };
  const change = { do: "add", label, values } as const;
  const { allowed, edit } = await allowedAndEdited(call, change, { running, configFile, files: command.files, grants });
  // Of a file that this very edit began nothing says more than what was typed here.
  const begun = configFile === undefined ? edit.files.filter(() => edit.notes.length > 0) : [];
  if (allowed) await allowFiles(call, begun);
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
    `${label}: \`${printable(words.join(" "))}\` every ${every % 60_000 === 0 ? duration(every) : `${every / 1000} s`}, read as ${as}; it stands in ${edit.files.join(" and ")}.`,
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
  for (const { label: which, reason } of edit.blocked)
    if (which !== label) output.warn(`${which} is blocked: ${reason}`);
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

/** What `--set` says. Throws a usage error for what the command line says otherwise: who reads it would be told the wrong thing. */
function settingsOf(set: readonly string[]): Record<string, unknown> {
  const values = keyValues(set);
  const [taken] = OTHERWISE.filter(([key]) => Object.hasOwn(values, key));
  if (taken === undefined) return values;
  const [key, instead] = taken;
  throw new CliError("usage", EXIT.usage, `--set ${key} is not for \`mimolo add\``, instead);
}

/** Whoever has it run often wants to read it soon: a flush a minute is what holds by itself. */
function flushedEvery(everyMs: number): { agent_flush_interval_s?: number } {
  return everyMs < 60_000 ? { agent_flush_interval_s: Math.max(SOONEST_FLUSH_S, everyMs / 1000) } : {};
}

/** The edit, and whether somebody allowed the program. That goes first, so that a collector that runs finds it allowed; where the edit
 *  could not stand anyhow, nothing is. */
async function allowedAndEdited(
  call: Call<AddOptions>,
  change: AddChange,
  {
    running,
    configFile,
    files,
    grants,
  }: { running: Running | null; configFile: string | undefined; files: readonly string[]; grants: string[] },
): Promise<{ readonly allowed: boolean; readonly edit: AgentEdit }> {
  const isTakenLabel = Object.hasOwn(running?.config.agents ?? {}, change.label);
  const isPossible = LABEL_PATTERN.test(change.label) && !isTakenLabel;
  const allowed = isPossible && (await isAgreed(call, files, grants));
  if (allowed) await allowFiles(call, files, grants);
  try {
    // A collector that runs without a file would begin one, and not go by what nobody has agreed to: here somebody may.
    const edit = configFile === undefined ? await editInFiles(call, change) : await applyChange(call, change, running);
    return { allowed, edit };
  } catch (error) {
    if (!allowed) throw error;
    const { code, exitCode, message, hint } = shownError(error);
    throw new CliError(code, exitCode, message, `${hint}\nThe program stays allowed as it is now.`, { cause: error });
  }
}

async function runningOf(call: Call): Promise<Running | null> {
  const client = await clientIfRunning(call);
  return client === null ? null : { client, config: await client.get("/config") };
}

/** The file the edit will stand in; `undefined` where it begins one here. */
function configFileOf(call: Call<AddOptions>, running: Running | null): string | undefined {
  const { config } = call.options;
  const { cwd, env } = call.surroundings;
  if (config !== undefined) return resolve(cwd, config);
  if (running !== null) return running.config.files.at(-1);
  return loadConfig({ cwd, env, dataDir: dataDirOf(call), builtins, consent: true, look: true }).files.at(-1);
}

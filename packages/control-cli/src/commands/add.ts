import { allowCommand } from "@mimolo/operations/trust";
import { LABEL_PATTERN } from "@mimolo/protocol";
import { addedCommand, folderFor } from "../add/added-command.ts";
import { allowFiles, consentLines, grantsTogether, isAgreed, type Subject } from "../add/consent.ts";
import { BEGUN_WITH, type Home, homeLines, homeOf } from "../add/home.ts";
import { isTaken, mayTakeItUp } from "../add/taken.ts";
import { tellAdded } from "../add/tell-added.ts";
import { type AgentChange, applyChange } from "../agent/edit.ts";
import { keyValues } from "../agent/key-values.ts";
import type { AgentEdit } from "../agent/tell-edit.ts";
import type { Call } from "../call.ts";
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
  const home = await homeOf(call);
  const values = {
    executable: command.executable,
    ...(command.args.length === 0 ? {} : { args: command.args }),
    as,
    poll_interval_s: every / 1000,
    ...flushedEvery(every),
    ...folderFor(home.file, surroundings.cwd),
    ...(timeout === undefined ? {} : { timeout_s: timeout / 1000 }),
    ...(activity === undefined ? {} : { activity }),
    ...settings,
  };
  const change = { do: "add", label, values } as const;
  const subject = { files: command.files, grants };
  const { allowed, edit } = await allowedAndEdited(call, change, home, subject);
  // Of a file that this very edit began nothing says more than what was typed here; one that lay there may.
  const isAgreedTo = edit.notes.length === 0 || (allowed && home.begins);
  if (allowed && home.begins && edit.notes.length > 0) await allowFiles(call, { files: [home.file], grants: [] });
  const isTakenNow =
    allowed && isAgreedTo && edit.live === null && mayTakeItUp(call, home) && (await isTaken(call, edit.files));
  const live = isTakenNow ? { message: `it goes by ${edit.files.join(" and ")} now`, at_next_start: [] } : edit.live;
  const place = { dataDir: dataDirOf(call), env: surroundings.env };
  const again = grants.length === 0 ? "" : ` --grant ${grants.join(" ")}`;
  const lines = command.files.map((file) => `${allowCommand(file, place)}${again}`);
  if (output.options.json) {
    const granted = allowed ? grantsTogether(subject) : [];
    await output.json({ label, action: "add", ...edit, live, allowed, granted, allow: allowed ? [] : lines });
    return EXIT.done;
  }
  const pause = every % 60_000 === 0 ? duration(every) : `${every / 1000} s`;
  const begun = home.begins ? `, which it began ${BEGUN_WITH}` : "";
  output.note(
    `${label}: \`${printable(words.join(" "))}\` every ${pause}, read as ${as}; it stands in ${edit.files.join(" and ")}${begun}.`,
  );
  const waiting = { files: isAgreedTo ? [] : edit.notes, programs: allowed ? [] : lines };
  tellAdded(call, {
    edit: { ...edit, live },
    label,
    home,
    waiting,
    granted: allowed ? consentLines(call, subject) : [],
  });
  return EXIT.done;
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
  home: Home,
  subject: Subject,
): Promise<{ readonly allowed: boolean; readonly edit: AgentEdit }> {
  const isConcerned = home.isRead || home.begins;
  const isTakenLabel = isConcerned && Object.hasOwn(home.running?.config.agents ?? {}, change.label);
  const isPossible = LABEL_PATTERN.test(change.label) && !isTakenLabel;
  const allowed = isPossible && (await isAgreed(call, subject, homeLines(home, call.surroundings.cwd)));
  if (allowed) await allowFiles(call, subject);
  try {
    // A collector that goes by other files, or by none, is not concerned: one that runs without would begin a file, and not go by
    // what nobody has agreed to; here somebody may.
    return { allowed, edit: await applyChange(call, change, home.isRead ? home.running : null) };
  } catch (error) {
    if (!allowed) throw error;
    const { code, exitCode, message, hint } = shownError(error);
    throw new CliError(code, exitCode, message, `${hint}\nThe program stays allowed as it is now.`, { cause: error });
  }
}

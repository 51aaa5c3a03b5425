import { basename, dirname, resolve } from "node:path";
import { agents as builtins } from "@mimolo/agents";
import { loadConfig } from "@mimolo/operations";
import type { Running } from "../agent/edit.ts";
import type { Call } from "../call.ts";
import { clientIfRunning } from "../client/running.ts";
import { dataDirOf } from "../place.ts";
import { printable } from "../present/width.ts";
import { firstConfig, firstLabels } from "../run/first-config.ts";

/** Where a new section stands, and who reads it. */
export interface Home {
  readonly running: Running | null;
  /** Absolute. */
  readonly file: string;
  /** Whether there is no such file yet, so that the edit begins it. */
  readonly begins: boolean;
  /** Whether the collector that runs goes by it. */
  readonly isRead: boolean;
  /** The file of this folder that another one was taken for; `null` where there is none. */
  readonly passedOver: string | null;
}

/** Finds it: the file that was named, else that of the collector that runs, else what a run here would read. */
export async function homeOf(call: Call): Promise<Home> {
  const { config } = call.options;
  const { cwd, env } = call.surroundings;
  const client = await clientIfRunning(call);
  const running: Running | null = client === null ? null : { client, config: await client.get("/config") };
  const read = running?.config.files ?? [];
  const last = read.at(-1);
  const found = () =>
    loadConfig({ cwd, env, dataDir: dataDirOf(call), builtins, consent: true, look: true }).files.at(-1);
  if (config !== undefined) {
    const file = resolve(cwd, config);
    return { running, file, begins: false, isRead: read.includes(file), passedOver: null };
  }
  if (last === undefined) {
    const there = found();
    const file = there ?? firstConfig(builtins, cwd).file;
    return { running, file, begins: there === undefined, isRead: false, passedOver: null };
  }
  return { running, file: last, begins: false, isRead: true, passedOver: passedOverFor(read, cwd, found) };
}

/** A folder whose own file the collector reads, too, has lost nothing. */
function passedOverFor(read: readonly string[], cwd: string, found: () => string | undefined): string | null {
  if (read.some((file) => dirname(file) === cwd)) return null;
  const own = found();
  return own === undefined || dirname(own) !== cwd ? null : own;
}

/** What is to be known before it is written there; nothing for the file of this folder that is there already. */
export function homeLines({ file, begins, isRead, passedOver }: Home, cwd: string): string[] {
  if (begins) return [`It begins ${printable(file)} ${BEGUN_WITH}, and allows that file, too.`];
  if (dirname(file) === cwd) return [];
  const whose = isRead ? ", which the running collector goes by" : "";
  return [`It will stand in ${printable(file)}${whose}.`, ...passedOverLines(passedOver)];
}

/** What stands in a file beside the command that began it. */
export const BEGUN_WITH = `with the built-in agents (${firstLabels(builtins).join(", ")})`;

/** How it comes into the file of this folder after all. */
export function passedOverLines(passedOver: string | null): string[] {
  if (passedOver === null) return [];
  const name = printable(basename(passedOver));
  return [`The running collector does not read this folder's ${name}; to write it there: --config ${name}`];
}

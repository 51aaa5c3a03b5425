import { existsSync, readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { type AllowEntry, isPluginId, readTrust, type TrustData } from "@mimolo/trust";
import { readPackageFolder } from "../agents/plan/package-folder.ts";
import type { DataDirectory } from "../data-directory.ts";
import type { AuditLog } from "./audit-log.ts";
import { dropEmpty, dropFolder, incomingAmong, LEAVING, unmark, unmarkLeaving } from "./intents.ts";
import { storeFolder } from "./store.ts";
import { packageEntry } from "./trial.ts";

/** How a file is named until it is whole. */
const UNFINISHED = /\.[0-9a-f]{12}\.new$/;

/** How the store names the folder of a version. */
const VERSION_FOLDER = /^(.+)-([0-9a-f]{16})$/;

/** Removes what a dead process had written of a new `trust.json`. Only for the holder of the lock. */
export function clearUnfinished({ trust, trustFile }: DataDirectory): void {
  const beginning = `${basename(trustFile)}.`;
  for (const name of namesIn(trust)) {
    if (name.startsWith(beginning) && UNFINISHED.test(name)) rmSync(join(trust, name), { force: true });
  }
}

/** Finishes what a dead process left half-way in the store: what was brought in and never allowed goes and that is on record, a
 *  version that held takes its predecessor's place. Touches only what is marked; nothing at all while `trust.json` is
 *  missing or cannot be read. Hands back a sentence for each thing that was not finished. Only for the holder of the lock. */
export async function settleStore(
  directory: DataDirectory,
  audit: Pick<AuditLog, "note" | "commit">,
): Promise<readonly string[]> {
  const trust = soundTrust(directory);
  if (trust === null) return [];
  const said: string[] = [];
  const unmarks: (() => void)[] = [];
  const undone = (subject: string, message: string, more: object) => {
    audit.note("deny", subject, "collector", { reason: "rolled-back", why: "cut short", ...more });
    said.push(message);
  };
  for (const pluginId of namesIn(directory.store).filter(isPluginId)) {
    const place = join(directory.store, pluginId);
    const entry = packageEntry(trust, pluginId);
    const names = namesIn(place);
    if (names.includes(LEAVING)) {
      if (entry === undefined) {
        dropFolder(directory, place);
        continue;
      }
      undone(pluginId, `${pluginId} ${entry.version} was to be removed and is still here: that was cut short`, {
        what: "remove",
      });
      unmarks.push(() => unmarkLeaving(place));
    }
    for (const name of incomingAmong(names)) {
      const folder = join(place, name);
      unmarks.push(() => unmark(folder));
      if (isAllowed(directory, entry, folder)) {
        dropOthers(directory, pluginId, folder);
        continue;
      }
      const [, version = name] = VERSION_FOLDER.exec(name) ?? [];
      const digest = existsSync(folder) ? { digest: readPackageFolder(folder).digest } : {};
      const kept = entry === undefined ? "" : `; ${entry.version} is installed as before`;
      undone(`${pluginId} ${version}`, `the installation of ${pluginId} ${version} was cut short${kept}`, digest);
      dropFolder(directory, folder);
    }
    dropEmpty(place);
  }
  // A mark goes once what it told of is on record; else the next start tells it.
  const isOnRecord = said.length === 0 || (await written(audit));
  if (isOnRecord) for (const forget of unmarks) forget();
  return said;
}

/** It is allowed: the versions before it go, and nothing says any more that it might come. What cannot be cleared now the next
 *  start clears. */
export function takePlace(directory: DataDirectory, pluginId: string, folder: string): void {
  try {
    dropOthers(directory, pluginId, folder);
    unmark(folder);
  } catch {
    // Marked still.
  }
}

/** It is not allowed after all, and goes. False when that is left to the next start: nobody can say now what is allowed, or
 *  its files do not go. */
export function giveUp(directory: DataDirectory, pluginId: string, folder: string): boolean {
  const trust = soundTrust(directory);
  if (trust === null || isAllowed(directory, packageEntry(trust, pluginId), folder)) return false;
  try {
    dropFolder(directory, folder);
    return true;
  } catch {
    return false;
  }
}

/** The other versions of a plugin go, now that this one holds; what is no version stays. */
function dropOthers(directory: DataDirectory, pluginId: string, kept: string): void {
  const place = join(directory.store, pluginId);
  for (const name of namesIn(place)) {
    const folder = join(place, name);
    if (folder !== kept && VERSION_FOLDER.test(name)) dropFolder(directory, folder);
  }
}

/** The versions whose folders these are. */
export function versionsAmong(names: readonly string[]): string[] {
  return names.flatMap((name) => VERSION_FOLDER.exec(name)?.[1] ?? []);
}

function isAllowed(directory: DataDirectory, entry: AllowEntry | undefined, folder: string): boolean {
  const { plugin_id: id, version, digest = "" } = entry ?? {};
  return id !== undefined && version !== undefined && storeFolder(directory, id, version, digest) === folder;
}

function soundTrust({ trustFile }: DataDirectory): TrustData | null {
  try {
    return existsSync(trustFile) ? readTrust(trustFile) : null;
  } catch {
    return null;
  }
}

async function written(audit: Pick<AuditLog, "commit">): Promise<boolean> {
  try {
    await audit.commit();
    return true;
  } catch {
    return false;
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).toSorted();
  } catch {
    return [];
  }
}

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { RemoveReport } from "@mimolo/protocol";
import { isPluginId, type TrustData, withoutAllow } from "@mimolo/trust";
import { CollectorError } from "../../error.ts";
import { dropFolder, markLeaving, unmarkLeaving } from "../intents.ts";
import { versionsAmong } from "../settle-store.ts";
import { packageEntry } from "../trial.ts";
import type { Asked } from "../trust-desk.ts";
import type { Around, Change } from "./change.ts";
import { refuseIfNeeded } from "./dependents.ts";

/** Takes a plugin out, with every version of it that is left. How far it had come is remembered. Refuses with `dependency` what
 *  others need. */
export function removePlugin(
  data: TrustData,
  { pluginId }: Asked & { readonly pluginId: string },
  { directory }: Around,
): Change<RemoveReport> {
  const folder = join(directory.store, pluginId);
  const entry = packageEntry(data, pluginId);
  const isThere = isPluginId(pluginId) && existsSync(folder);
  if (entry === undefined && !isThere) {
    throw new CollectorError("not-installed", `${pluginId} is not installed`, "mimolo plugin list shows what is");
  }
  if (entry !== undefined) refuseIfNeeded(pluginId, data, directory);
  const kept = isThere ? versionsAmong(readdirSync(folder)) : [];
  const versions = [...new Set([...kept, ...(entry?.version === undefined ? [] : [entry.version])])].toSorted();
  // What nobody allowed goes in one step, and needs no mark for it.
  const isMarked = entry !== undefined && isThere;
  if (isMarked) markLeaving(folder);
  return {
    data: entry === undefined ? null : withoutAllow(data, pluginId),
    notes: [{ action: "remove", subject: pluginId, detail: { versions } }],
    narrows: true,
    report: { plugin_id: pluginId, versions },
    clear: () => isThere && dropFolder(directory, folder),
    undo: () => isMarked && unmarkLeaving(folder),
  };
}

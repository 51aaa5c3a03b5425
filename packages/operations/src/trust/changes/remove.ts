import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { RemoveReport } from "@mimolo/protocol";
import { isPluginId, type TrustData, withoutAllow } from "@mimolo/trust";
import { CollectorError } from "../../error.ts";
import { removeTree } from "../remove-tree.ts";
import type { Asked } from "../trust-desk.ts";
import type { Around, Change } from "./change.ts";

/** Takes a plugin out, with every version of it that is left. How far it had come is remembered. */
export function removePlugin(
  data: TrustData,
  { pluginId }: Asked & { readonly pluginId: string },
  { directory }: Around,
): Change<RemoveReport> {
  const folder = join(directory.store, pluginId);
  const entry = data.allow.find(({ plugin_id }) => plugin_id === pluginId);
  const isThere = isPluginId(pluginId) && existsSync(folder);
  if (entry === undefined && !isThere) {
    throw new CollectorError("not-installed", `${pluginId} is not installed`, "mimolo plugin list shows what is");
  }
  const kept = isThere ? readdirSync(folder).map((name) => name.replace(/-[0-9a-f]{16}$/, "")) : [];
  const versions = [...new Set([...kept, ...(entry?.version === undefined ? [] : [entry.version])])].toSorted();
  return {
    data: entry === undefined ? null : withoutAllow(data, pluginId),
    notes: [{ action: "remove", subject: pluginId, detail: { versions } }],
    narrows: true,
    report: { plugin_id: pluginId, versions },
    clear: () => isThere && removeTree(folder),
  };
}

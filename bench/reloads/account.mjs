// After the stop: is every summary that was promised in the ledger, once?
import { verb } from "../faults/collector.mjs";
import { pluginId, subjects } from "./world.mjs";

/** @typedef {{subject: string, promised: number, found: number, lost: number, doubled: number, versions: number}} Account */

/** @param {string} folder @param {(subject: import("./world.mjs").Subject) => number} promisedBy @returns {Promise<Account[]>} */
export async function countSummaries(folder, promisedBy) {
  const seen = new Map(subjects.map((subject) => [pluginId(subject), new Map()]));
  const versions = new Map(subjects.map((subject) => [pluginId(subject), new Set()]));
  const code = await verb(folder, ["evidence"], (line) => {
    if (!line.includes('"plugin_id":"load.')) return;
    const { plugin_id: id, message } = JSON.parse(line);
    const { n, version } = message?.data ?? {};
    if (message?.type !== "summary" || n === undefined) return;
    seen.get(id)?.set(n, (seen.get(id)?.get(n) ?? 0) + 1);
    versions.get(id)?.add(version);
  });
  if (code !== 0) throw new Error(`mimolo evidence ended with ${code}`);
  return subjects.map((subject) => {
    const counts = seen.get(pluginId(subject)) ?? new Map();
    const promised = promisedBy(subject);
    let found = 0;
    for (let n = 1; n <= promised; n += 1) if (counts.has(n)) found += 1;
    const doubled = [...counts.values()].reduce((sum, times) => sum + times - 1, 0);
    const told = versions.get(pluginId(subject))?.size ?? 0;
    return { subject, promised, found, lost: promised - found, doubled, versions: told };
  });
}

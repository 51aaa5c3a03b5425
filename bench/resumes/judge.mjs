// In the end: does everybody know what the ledger and the timeline know?
import { isDeepStrictEqual } from "node:util";
import { digestOf } from "./listener.mjs";

/** @param {readonly string[]} subscribe @param {string} family */
export const wants = (subscribe, family) => subscribe.some((each) => each === "*" || each.startsWith(`${family}:`));

/** All there is to know, as the collector answers it. @param {import("./world.mjs").World} world */
export async function readTruth(world) {
  const records = /** @type {Map<number, string>} */ (new Map());
  let cursor = "";
  do {
    const { body } = await world.ask("GET", `/evidence?limit=1000${cursor === "" ? "" : `&cursor=${cursor}`}`);
    for (const record of body.items) records.set(record.seq, digestOf(record));
    cursor = body.next_cursor ?? "";
  } while (cursor !== "");
  const { body: timeline } = await world.ask("GET", "/timeline");
  const segments = new Map(timeline.segments.map((segment) => [segment.id, segment]));
  return { records, segments, open: timeline.open };
}

/** @typedef {Awaited<ReturnType<typeof readTruth>>} Truth */

/** @param {import("./listener.mjs").Listener} listener @param {Truth} truth */
export function judge({ name, subscribe, records, picture, seen }, truth) {
  const faults = /** @type {string[]} */ ([]);
  if (wants(subscribe, "evidence")) {
    const missing = [...truth.records.keys()].filter((seq) => !records.has(seq));
    const other = [...records].filter(([seq, digest]) => truth.records.get(seq) !== digest).map(([seq]) => seq);
    if (missing.length > 0) faults.push(`lacks ${missing.length} records, the first of them ${missing[0]}`);
    if (other.length > 0) faults.push(`holds ${other.length} records that are not so, the first of them ${other[0]}`);
    if (seen.doubled > 0) faults.push(`was told ${seen.doubled} records twice`);
    if (seen.backwards > 0) faults.push(`was told ${seen.backwards} records out of order`);
  }
  if (wants(subscribe, "segment")) {
    const held = [...truth.segments].filter(([id]) => picture.segments.has(id));
    const other = held.filter(([id, segment]) => !isDeepStrictEqual(picture.segments.get(id), segment));
    const gone = [...picture.segments.keys()].filter((id) => !truth.segments.has(id));
    const [id = "", segment] = other[0] ?? [];
    if (held.length < truth.segments.size) faults.push(`lacks ${truth.segments.size - held.length} segments`);
    if (gone.length > 0) faults.push(`holds ${gone.length} segments that are no more, one of them ${gone[0]}`);
    if (segment !== undefined)
      faults.push(
        `holds ${other.length} segments that are not so, one of them as ${JSON.stringify(picture.segments.get(id))} instead of ${JSON.stringify(segment)}`,
      );
  }
  for (const complaint of seen.complaints) faults.push(`was refused: ${complaint}`);
  return faults.map((fault) => `${name} ${fault}`);
}

// What a power cut leaves of files after everything was killed: what was synced stays, the rest is cut, garbled, zeros or junk.
import { closeSync, existsSync, openSync, readdirSync, readFileSync, statSync, truncateSync, writeSync } from "node:fs";
import { join } from "node:path";

/** @typedef {{how: string, at: number}} Cut `at` in [0, 1): where in the part that may be lost */

/** Tears the newest day file behind what was committed; answers how many bytes it hurt. @param {string} data @param {Cut} cut */
export function tearDay(data, cut) {
  const folder = join(data, "evidence");
  const ends = /** @type {Map<string, number>} */ (new Map());
  for (const line of entriesOf(folder)) {
    const { file, offset, length } = JSON.parse(line);
    if (file !== undefined) ends.set(file, Math.max(ends.get(file) ?? 0, offset + length));
  }
  const days = readdirSync(folder).filter((name) => /^\d{4}-\d\d-\d\d(\.\d+)?\.jsonl$/.test(name));
  const tails = days.map((name) => ({ name, end: ends.get(name) ?? 0, size: statSync(join(folder, name)).size }));
  // A sealed day is closed, and what stands behind its end nobody was writing.
  const open = tails.filter(({ name }) => !existsSync(join(folder, `${name.slice(0, 10)}.seal`)));
  const longest = open.toSorted((a, b) => b.size - b.end - (a.size - a.end))[0];
  return longest === undefined ? 0 : tear(join(folder, longest.name), longest.end, cut);
}

/** Tears `commits.jsonl` behind the line that the head knows. @param {string} data @param {Cut} cut */
export function tearCommits(data, cut) {
  const { n } = JSON.parse(readFileSync(join(data, "state/head.json"), "utf8"));
  const known = entriesOf(join(data, "evidence")).slice(0, n + 1);
  const end = known.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
  return tear(join(data, "evidence/commits.jsonl"), end, cut);
}

/** A power cut may take what was not committed out of a spool, and what was written without a sync.
 *  @param {string} folder @param {Cut} cut */
export function tearSpool(folder, cut) {
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const file = join(folder, name);
    const { size } = statSync(file);
    // The small ones are written by renaming, which seldom tears.
    if (size > 200 || (size > 0 && cut.at > 0.7)) tear(file, Math.floor(size * 0.3), cut);
  }
}

/** @param {string} folder */
function entriesOf(folder) {
  return readFileSync(join(folder, "commits.jsonl"), "utf8").split("\n").slice(0, -1);
}

/** @param {string} file @param {number} safe what stays as it is @param {Cut} cut */
function tear(file, safe, { how, at }) {
  const { size } = statSync(file);
  const from = safe + Math.floor(at * (size - safe));
  if (how === "junk" || size === safe) return put(file, size, Buffer.from('{"seq":17,"kind":"mess\0\0\0\0'));
  if (how === "cut") truncateSync(file, from);
  else if (how === "zeros") put(file, from, Buffer.alloc(size - from));
  else put(file, from, Buffer.from(Array.from({ length: size - from }, (_, index) => (index * 131 + 7) % 256)));
  return size - from;
}

/** @param {string} file @param {number} position @param {Buffer} bytes */
function put(file, position, bytes) {
  const handle = openSync(file, "r+");
  writeSync(handle, bytes, 0, bytes.length, position);
  closeSync(handle);
  return bytes.length;
}

// What the durable agents of one data directory sent and what they were told is safe, read from their notes as these grow.
import { closeSync, openSync, readSync, statSync } from "node:fs";

/** @typedef {{label: string, key: string, stream: string, seq: number}} Sent */

export class Promises {
  #files;
  /** @type {Map<string, Sent[]>} by label and key; an entry for every number it went out under */
  sent = new Map();
  #settled = /** @type {Map<string, number>} */ (new Map());
  #refused = new Set();
  /** Whether a spool was ever lost: numbers may be missing then. */
  isExcused = false;
  #speaks = /** @type {Map<string, number>} */ (new Map());
  /** Agents of which two processes were at work at once: their spool would be anybody's. */
  overlaps = /** @type {Set<string>} */ (new Set());

  /** @param {{label: string, notes: string}[]} agents */
  constructor(agents) {
    this.#files = agents.map(({ label, notes }) => ({ label, notes, offset: 0, rest: "" }));
  }

  /** Reads what was noted since the last look. */
  look() {
    for (const file of this.#files) {
      const lines = (file.rest + grown(file)).split("\n");
      file.rest = lines.pop() ?? "";
      for (const line of lines) this.#take(file.label, JSON.parse(line));
    }
    return this;
  }

  #take(/** @type {string} */ label, /** @type {any} */ { began, sent, through, pid }) {
    if (began === true) this.#speaks.set(label, pid);
    else if (this.#speaks.get(label) !== pid) this.overlaps.add(`${label}: ${pid} beside ${this.#speaks.get(label)}`);
    if (began === true) return;
    if (sent !== undefined) {
      const [stream, seq, id] = sent;
      const key = `${label} ${id ?? `${stream} ${seq}`}`;
      const known = this.sent.get(key) ?? [];
      if (known.some((each) => each.stream === stream && each.seq === seq)) return;
      this.sent.set(key, [...known, { label, key, stream, seq }]);
    } else {
      const [stream, number, refused] = through;
      const name = `${label} ${stream}`;
      this.#settled.set(name, Math.max(this.#settled.get(name) ?? 0, number));
      for (const seq of refused) this.#refused.add(`${name} ${seq}`);
    }
  }

  /** Whether an agent was told that this is safe. @param {string} key */
  isSettled(key) {
    return (this.sent.get(key) ?? []).some(
      ({ label, stream, seq }) => seq <= (this.#settled.get(`${label} ${stream}`) ?? 0),
    );
  }

  /** What waits to be settled. */
  open() {
    return [...this.sent.keys()].filter((key) => !this.isSettled(key));
  }

  /** Numbers that were refused: nothing here deserves it. */
  get refused() {
    return [...this.#refused];
  }

  /** The spools of these agents are gone or older: what was not settled is not owed, unless it is sent again, and its
   *  numbers may be given again. @param {readonly string[]} labels */
  excuse(labels) {
    this.isExcused = true;
    for (const key of this.look().open()) if (labels.includes(key.split(" ")[0] ?? "")) this.sent.delete(key);
  }
}

/** @param {{notes: string, offset: number}} file */
function grown(file) {
  let size = 0;
  try {
    ({ size } = statSync(file.notes));
  } catch {
    return "";
  }
  if (size <= file.offset) return "";
  const bytes = Buffer.alloc(size - file.offset);
  const handle = openSync(file.notes, "r");
  readSync(handle, bytes, 0, bytes.length, file.offset);
  closeSync(handle);
  file.offset = size;
  return bytes.toString();
}

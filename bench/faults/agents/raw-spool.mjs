// A simple spool, made by hand from protocol.md alone: the lines not yet settled in memory and in one file, the stream and its
// settled number in another. What a kill tore is dropped: it was never sent.
import { randomUUID } from "node:crypto";
import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const WINDOW_LINES = 1_024;
const WINDOW_BYTES = 262_144;
const REWRITE_BYTES = 131_072;

export class RawSpool {
  /** @type {{stream: string, seq: number, line: string}[]} */
  #lines = [];
  #sent = 0;
  #fileBytes = 0;
  #isWhole = true;
  /** Whether the collector has said what it has: only then numbers given since the start count as ours. */
  #isGreeted = false;
  #linesFile;
  #streamFile;

  /** @param {string} folder */
  constructor(folder) {
    mkdirSync(folder, { recursive: true });
    this.#linesFile = join(folder, "lines.jsonl");
    this.#streamFile = join(folder, "stream.json");
    const kept = wholeLines(this.#linesFile);
    const { stream, settled } = parsed(textOf(this.#streamFile)) ?? {};
    this.stream = stream ?? kept.at(-1)?.stream ?? randomUUID();
    this.settled = stream === undefined ? 0 : settled;
    this.#lines = kept.filter((line) => line.stream === this.stream && line.seq > this.settled);
    this.last = this.#lines.at(-1)?.seq ?? this.settled;
    /** What it knew of before this run: a collector that knows more has met a younger copy. */
    this.lastAtStart = this.last;
    this.isMoved = false;
    this.#rewrite();
    this.#keepStream();
  }

  /** @param {(seq: number, stream: string | undefined) => string} make */
  add(make) {
    this.last += 1;
    const line = make(this.last, this.isMoved ? this.stream : undefined);
    this.#lines.push({ stream: this.stream, seq: this.last, line });
    this.#write(`${JSON.stringify(this.#lines.at(-1))}\n`);
  }

  /** Lines that may go now, in order. */
  due() {
    const from = this.#sent;
    let bytes = this.#lines.slice(0, from).reduce((sum, { line }) => sum + line.length, 0);
    while (this.#sent < this.#lines.length && this.#sent < WINDOW_LINES) {
      bytes += this.#lines[this.#sent]?.line.length ?? 0;
      if (bytes > WINDOW_BYTES && this.#sent > 0) break;
      this.#sent += 1;
    }
    return this.#lines.slice(from, this.#sent).map(({ line }) => line);
  }

  /** @param {string} stream @param {number} through @param {(line: string, seq: number, stream: string) => string} renumber */
  settle(stream, through, renumber) {
    if (stream !== this.stream) return;
    const known = this.#isGreeted ? this.last : this.lastAtStart;
    this.#isGreeted = true;
    if (through > known) return this.#move(renumber);
    const before = this.#lines.length;
    this.#lines = this.#lines.filter(({ seq }) => seq > through);
    this.#sent = Math.max(0, this.#sent - (before - this.#lines.length));
    if (through <= this.settled) return;
    this.settled = through;
    if (this.#keepStream() && (this.#lines.length === 0 || this.#fileBytes > REWRITE_BYTES || !this.#isWhole))
      this.#rewrite();
  }

  /** An old copy of this spool was put back: what is new in it gets a stream of its own. */
  #move(/** @type {(line: string, seq: number, stream: string) => string} */ renumber) {
    const fresh = this.#lines.filter(({ seq }) => seq > this.lastAtStart);
    this.stream = randomUUID();
    this.isMoved = true;
    this.settled = 0;
    this.#sent = 0;
    this.#lines = fresh.map(({ line }, index) => ({
      stream: this.stream,
      seq: index + 1,
      line: renumber(line, index + 1, this.stream),
    }));
    this.last = this.#lines.length;
    this.#keepStream();
    this.#rewrite();
  }

  #write(/** @type {string} */ text) {
    try {
      if (!this.#isWhole) return this.#rewrite();
      appendFileSync(this.#linesFile, text);
      this.#fileBytes += text.length;
    } catch {
      // A full disk may have taken half of it; the memory has it all, and the whole file is written again.
      this.#isWhole = false;
    }
  }

  #rewrite() {
    try {
      const text = this.#lines.map((line) => `${JSON.stringify(line)}\n`).join("");
      replace(this.#linesFile, text);
      this.#fileBytes = text.length;
      this.#isWhole = true;
    } catch {
      this.#isWhole = false;
    }
  }

  #keepStream() {
    try {
      replace(this.#streamFile, JSON.stringify({ stream: this.stream, settled: this.settled }));
      return true;
    } catch {
      return false;
    }
  }
}

/** @param {string} file @param {string} text */
function replace(file, text) {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

/** @param {string} file */
function wholeLines(file) {
  const lines = textOf(file).split("\n").slice(0, -1).map(parsed);
  const torn = lines.findIndex((line) => typeof line?.seq !== "number");
  return torn < 0 ? lines : lines.slice(0, torn);
}

/** @param {string} file */
function textOf(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/** @param {string} text @returns {any} */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

// InfluxDB line protocol: measurement[,tag=value…] field=value[,field=value…] [timestamp]
// Format: InfluxDB's reference of line protocol.
import { shortened } from "./cut.ts";
import type { ReadOutput } from "./read-output.ts";

type FieldValue = number | string | boolean;

/** One point. */
export interface Point {
  readonly measurement: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Integers that JSON's numbers do not hold are texts of digits. */
  readonly fields: Readonly<Record<string, FieldValue>>;
  /** Nanoseconds since the epoch, in digits: more than a JSON number holds. */
  readonly timestamp_ns?: string;
}

const MOST_POINTS = 200;
const SHOWN = 60;

/** Of 64 bits: with a sign for `i` and timestamps, without for `u`. */
const SIGNED = { least: -(2n ** 63n), most: 2n ** 63n - 1n };
const UNSIGNED = { least: 0n, most: 2n ** 64n - 1n };

/** Every point, the first 200 kept; a line that is none fails the whole, with its number. */
export function readInflux(stdout: string): ReadOutput {
  const points: Point[] = [];
  let total = 0;
  for (const { text, number } of linesOf(stdout)) {
    const point = readPoint(text);
    if (typeof point === "string")
      return { ok: false, why: `line ${number} is no line protocol: ${point}: ${shown(text)}` };
    total += 1;
    if (points.length < MOST_POINTS) points.push(point);
  }
  return { ok: true, fields: { points, points_total: total } };
}

/** Line ends inside quotes belong to the value. */
function* linesOf(stdout: string): Generator<{ text: string; number: number }> {
  let from = 0;
  let line = 1;
  let begun = 1;
  let isComment = false;
  const reading = new Reading();
  for (let at = 0; at <= stdout.length; at += 1) {
    const character = stdout[at] ?? "\n";
    const isEnd = at === stdout.length;
    if (character === "\n" && (isEnd || !reading.isQuoted)) {
      const text = stdout.slice(from, at).trim();
      if (text !== "" && !isComment) yield { text, number: begun };
      from = at + 1;
      begun = line + 1;
      isComment = false;
      reading.begin();
    } else {
      // Quotes in a comment are no quotes.
      isComment ||= character === "#" && stdout.slice(from, at).trim() === "";
      if (!isComment) reading.take(character);
    }
    if (character === "\n") line += 1;
  }
}

/** Where a reader of one line stands: quotes mean something right behind the = of a field only. */
class Reading {
  isQuoted = false;
  #isCovered = false;
  #isInFields = false;
  #isValue = false;

  /** `inFields`: what is read begins behind the blank. */
  constructor(inFields = false) {
    this.begin(inFields);
  }

  begin(inFields = false): void {
    this.isQuoted = false;
    this.#isCovered = false;
    this.#isInFields = inFields;
    this.#isValue = false;
  }

  /** Takes the next character; true where it stands for itself: neither quoted nor behind a backslash. */
  take(character: string): boolean {
    const wasCovered = this.#isCovered;
    const wasValue = this.#isValue;
    this.#isValue = false;
    this.#isCovered = !wasCovered && character === "\\";
    if (wasCovered || this.#isCovered) return false;
    if (character === '"' && (this.isQuoted || (wasValue && this.#isInFields))) {
      this.isQuoted = !this.isQuoted;
      return false;
    }
    if (this.isQuoted) return false;
    this.#isValue = character === "=";
    this.#isInFields ||= character === " ";
    return true;
  }
}

/** A point, or why it is none. */
function readPoint(text: string): Point | string {
  const blank = endOf(text, 0, " ");
  const [measurement = "", ...tagTexts] = parts(text.slice(0, blank), ",");
  if (measurement === "") return "the measurement is missing";
  const fieldsEnd = endOf(text, blank + 1, " ", true);
  const fieldText = text.slice(blank + 1, fieldsEnd);
  const stamp = text.slice(fieldsEnd).trim();
  if (stamp !== "" && !/^-?\d{1,19}$/.test(stamp)) return "the timestamp is no whole number";
  if (stamp !== "" && !fits(stamp, SIGNED)) return "the timestamp does not fit 64 bits";
  const tags = pairs(tagTexts, (value) => (value === "" ? undefined : unescaped(value)));
  if (typeof tags === "string") return `tag ${tags}`;
  if (fieldText.trim() === "") return "it has no field";
  const fields = pairs(parts(fieldText, ",", true), fieldValue);
  if (typeof fields === "string") return `field ${fields}`;
  return { measurement: unescaped(measurement), tags, fields, ...(stamp === "" ? {} : { timestamp_ns: stamp }) };
}

/** Name and value of each, or which one is wrong. */
function pairs<Value>(
  texts: readonly string[],
  read: (text: string) => Value | undefined,
): Record<string, Value> | string {
  const found: [string, Value][] = [];
  for (const text of texts) {
    const at = endOf(text, 0, "=");
    const value = at === text.length ? undefined : read(text.slice(at + 1));
    if (at === 0 || value === undefined) return shown(text);
    found.push([unescaped(text.slice(0, at)), value]);
  }
  return Object.fromEntries(found);
}

function fieldValue(text: string): FieldValue | undefined {
  if (/^"(?:[^"\\]|\\.)*"$/s.test(text)) return text.slice(1, -1).replaceAll(/\\(["\\])/g, "$1");
  if (/^(?:t|T|true|True|TRUE)$/.test(text)) return true;
  if (/^(?:f|F|false|False|FALSE)$/.test(text)) return false;
  const [, whole, kind] = /^(-?\d{1,20})([iu])$/.exec(text) ?? [];
  if (whole !== undefined) {
    if (!fits(whole, kind === "u" ? UNSIGNED : SIGNED)) return undefined;
    return Number.isSafeInteger(Number(whole)) ? Number(whole) : whole;
  }
  return /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(text) && Number.isFinite(Number(text))
    ? Number(text)
    : undefined;
}

function fits(digits: string, { least, most }: typeof SIGNED): boolean {
  const whole = BigInt(digits);
  return whole >= least && whole <= most;
}

/** Where the next `stop` stands that neither quotes nor a backslash cover, or the end. */
function endOf(text: string, from: number, stop: string, inFields = false): number {
  const reading = new Reading(inFields);
  for (let at = from; at < text.length; at += 1) if (reading.take(text[at] ?? "") && text[at] === stop) return at;
  return text.length;
}

function parts(text: string, stop: string, inFields = false): string[] {
  const found: string[] = [];
  let from = 0;
  const reading = new Reading(inFields);
  for (let at = 0; at < text.length; at += 1) {
    if (!reading.take(text[at] ?? "") || text[at] !== stop) continue;
    found.push(text.slice(from, at));
    from = at + 1;
  }
  return [...found, text.slice(from)];
}

function unescaped(text: string): string {
  return text.replaceAll(/\\([,= \\])/g, "$1");
}

function shown(text: string): string {
  return shortened(text, SHOWN);
}

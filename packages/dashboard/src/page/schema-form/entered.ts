import type { Bounds, Field } from "./field.ts";

/** What stands in a field: text, or whether it is on; null: what was changed here is to be taken back. */
export type Entered = string | boolean | null;

/** What stands in the fields of a form, by key. */
export type Draft = Readonly<Record<string, Entered>>;

/** A value that can be sent, or why not, as a sentence. */
export type Read = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly why: string };

/** The form before anybody touched it. */
export function draftOf(fields: readonly Field[]): Draft {
  return Object.fromEntries(fields.map((field) => [field.key, textOf(field, field.value)]));
}

/** A value as it stands in its field. */
export function textOf({ kind }: Field, value: unknown): Entered {
  if (kind.is === "switch") return value === true;
  if (kind.is === "lines") return Array.isArray(value) ? value.join("\n") : typeof value === "string" ? value : "";
  if (value === undefined || value === null) return "";
  if (kind.is === "choice") return JSON.stringify(value);
  if (kind.is === "json" || kind.is === "reference") return JSON.stringify(value, null, 2);
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** What a field says, checked as far as a form can: patterns are left to the collector, since an author's pattern may take for
 *  ever. An empty field says nothing: `value` is undefined. */
export function readEntered(field: Field, entered: Entered): Read {
  if (entered === null) return good(null);
  if (typeof entered === "boolean") return good(entered);
  const { kind } = field;
  if (kind.is === "lines") return readLines(entered, kind.most);
  // An empty text is one, where there may be one and there was one before.
  if (entered === "" && !(kind.is === "text" && typeof field.value === "string")) {
    return field.isRequired ? bad("This cannot be left out.") : good(undefined);
  }
  switch (kind.is) {
    case "number":
      return readNumber(entered, kind.bounds);
    case "text":
      if (entered.length < kind.shortest) return bad(`At least ${count(kind.shortest, "character")}.`);
      if (kind.longest !== null && entered.length > kind.longest)
        return bad(`At most ${count(kind.longest, "character")}; these are ${entered.length}.`);
      return good(entered);
    case "choice":
      return kind.choices.some((choice) => JSON.stringify(choice) === entered)
        ? good(JSON.parse(entered))
        : bad("Choose one of those offered.");
    case "reference":
      return good(field.value);
    case "switch":
    case "json":
      return readJson(entered);
  }
}

function readLines(entered: string, most: number | null): Read {
  const lines = entered
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  if (most !== null && lines.length > most) return bad(`At most ${count(most, "line")}; these are ${lines.length}.`);
  return good(lines);
}

function readNumber(entered: string, { isWhole, least, most, above, below }: Bounds): Read {
  const text = entered.trim().replace(/^(-?\d+),(\d+)$/, "$1.$2");
  const value = /^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(value)) return bad("This must be a number.");
  if (isWhole && !Number.isInteger(value)) return bad("This must be a whole number.");
  if (least !== null && value < least) return bad(`Not less than ${least}.`);
  if (most !== null && value > most) return bad(`Not more than ${most}.`);
  if (above !== null && value <= above) return bad(`More than ${above}.`);
  if (below !== null && value >= below) return bad(`Less than ${below}.`);
  return good(value);
}

function readJson(entered: string): Read {
  try {
    return good(JSON.parse(entered));
  } catch {
    return bad('This must be JSON: texts in "quotes", lists in [ ], tables in { }.');
  }
}

function good(value: unknown): Read {
  return { ok: true, value };
}

function bad(why: string): Read {
  return { ok: false, why };
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}

// JSON as programs write it, for regular expressions: printable ASCII, no escapes, at most one space after `:` and `,`, few
// levels. What matches is JSON; what does not may be JSON all the same. No two ways lead through a text, so that a line that
// does not match costs no more than its length.

const TEXT = String.raw`"[ !#-\[\]-~]*"`;
const NUMBER = String.raw`-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?`;
const SIMPLE = `(?:${TEXT}|${NUMBER}|true|false|null)`;

const DAY = "(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|02-(?:0[1-9]|1\\d|2[0-8])";
const CLOCK = "(?:[01]\\d|2[0-3]):[0-5]\\d";

/** A time of the protocol, any but a 29 February: whether there is one a pattern does not know. */
export const TIME = `\\d{4}-(?:${DAY})T${CLOCK}(?::(?:[0-5]\\d|60)(?:\\.\\d+)?)?(?:Z|[+-]${CLOCK})`;

/** A value with objects and lists at most `levels` deep in it. */
export function plainValue(levels: number): string {
  if (levels === 0) return SIMPLE;
  return `(?:${SIMPLE}|\\[${separated(plainValue(levels - 1), "\\]")}\\]|${plainObject(levels - 1)})`;
}

/** An object whose values are `plainValue(levels)`. */
export function plainObject(levels: number): string {
  return `\\{${separated(plainMember([], levels), "\\}")}\\}`;
}

/** Any number of them up to `end`. Each is written once: what stands in it twice would be written four times a level above. */
function separated(item: string, end: string): string {
  return `(?:${item}(?:, ?(?!${end})|(?=${end})))*`;
}

/** A key that is none of `excluded`, with a value. */
export function plainMember(excluded: readonly string[], levels: number): string {
  const other = excluded.length === 0 ? "" : `(?!"(?:${excluded.join("|")})")`;
  return `${other}${TEXT}: ?${plainValue(levels)}`;
}

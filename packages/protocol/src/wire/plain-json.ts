// JSON as programs write it, for regular expressions: printable ASCII, no escapes, at most one space after `:` and `,`, few
// levels. What matches is JSON; what does not may be JSON all the same. No two ways lead through a text, so that a line that
// does not match costs no more than its length.

const TEXT = String.raw`"[ !#-\[\]-~]*"`;
const NUMBER = String.raw`-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?`;
const SIMPLE = `(?:${TEXT}|${NUMBER}|true|false|null)`;

/** A time is looked at apart. */
export const STAMP = `"timestamp": ?"[\\dT:.Z+-]*"`;

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

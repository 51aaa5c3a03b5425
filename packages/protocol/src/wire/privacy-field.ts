// Where a privacy rule looks. One rule visits each value of a message at most once, whatever the message is made of.

/** What a collector and an agent tell each other beside the content. No rule reaches it: it is not yet there when an agent
 *  applies its rules, and without it no message could be kept or settled. */
const ENVELOPE: ReadonlySet<string> = new Set(["type", "timestamp", "seq", "stream"]);

/** A value that a field names, with the object or list that holds it. */
export interface Place {
  readonly holder: object;
  readonly key: string;
  readonly value: unknown;
}

/** Why `field` cannot be a privacy rule's, in a sentence without subject; `null` if it can. */
export function fieldFault(field: string): string | null {
  const [first = "", ...more] = field.split(".");
  if ([first, ...more].includes("")) return "must be words joined by single dots";
  if (ENVELOPE.has(first)) return `must not be "${first}", which is no content and never changed`;
  return null;
}

/** Visits every value that `words` name in a message. A list on the way is looked through, element by element; a key with
 *  dots in it is reached by the words it is made of. Stops when `visit` says `false`. */
export function visitField(message: object, words: readonly string[], visit: (place: Place) => boolean): boolean {
  return walk(message, words, 0, visit);
}

function walk(holder: object, words: readonly string[], from: number, visit: (place: Place) => boolean): boolean {
  const word = words[from];
  if (word === undefined) return true;
  const step = (key: string, next: number, value: unknown): boolean => {
    if (value === undefined || (from === 0 && ENVELOPE.has(key))) return true;
    if (next === words.length) return visit({ holder, key, value });
    return typeof value === "object" && value !== null ? walk(value, words, next, visit) : true;
  };
  if (word === "*") return Object.entries(holder).every(([key, value]) => step(key, from + 1, value));
  if (Array.isArray(holder) && !/^\d+$/.test(word)) {
    return holder.every((element: unknown) =>
      typeof element === "object" && element !== null ? walk(element, words, from, visit) : true,
    );
  }
  const values = holder as Readonly<Record<string, unknown>>;
  let key = word;
  for (let next = from + 1; ; next += 1) {
    if (Object.hasOwn(values, key) && !step(key, next, values[key])) return false;
    if (next >= words.length) return true;
    key = `${key}.${words[next]}`;
  }
}

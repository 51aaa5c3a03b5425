// Why a segment is there, in few words: agents count, and each count is a reason of its own.

const MOST_NUMBERS = /\d+(?:[.,]\d+)*/g;

/** The reasons, those that differ in their figures only as one: `14 changes to files` and `3 changes to files` become
 *  `changes to files`. The order in which they came up stays. */
export function gathered(reasons: readonly string[]): string[] {
  const alike = new Map<string, string[]>();
  for (const reason of reasons) {
    const key = reason
      .replaceAll(MOST_NUMBERS, "#")
      .replace(/\b(\w+?)s\b/g, "$1")
      .toLowerCase();
    alike.set(key, [...(alike.get(key) ?? []), reason]);
  }
  return [...alike.values()].map(([first = "", ...more]) => (more.length === 0 ? first : withoutFigures(first, more)));
}

/** The first `most` of them, and how many more there are. */
export function named(reasons: readonly string[], most: number): { readonly shown: string[]; readonly more: number } {
  const all = gathered(reasons);
  // One left out would take as much room as naming it.
  const shown = all.length <= most + 1 ? all : all.slice(0, most);
  return { shown, more: all.length - shown.length };
}

function withoutFigures(first: string, more: readonly string[]): string {
  // The longest speaks of many, which is what is meant.
  const plural = [first, ...more].toSorted((a, b) => wordsOf(b).length - wordsOf(a).length)[0] ?? first;
  return wordsOf(plural);
}

function wordsOf(reason: string): string {
  return reason.replaceAll(MOST_NUMBERS, "").replaceAll(/\s+/g, " ").trim();
}

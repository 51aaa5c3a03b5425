// The names of settings as the collector writes them: words with dots between, in quotes where a word has more than letters.

const PLAIN_WORD = /^[A-Za-z0-9_-]+$/;

/** The words of `headers."x.y"`. */
export function pathOf(key: string): string[] {
  const words: string[] = [];
  for (const [word] of key.matchAll(/"(?:[^"\\]|\\.)*"|[^."]+/g)) words.push(wordOf(word));
  return words;
}

/** The same the other way round. */
export function keyOf(path: readonly string[]): string {
  return path.map((word) => (PLAIN_WORD.test(word) ? word : JSON.stringify(word))).join(".");
}

/** A name as people read it: `coalesce_window_s` is "Coalesce window (s)". */
export function titleOf(name: string): string {
  const unit = /_(s|seconds|ms|mib|percent|days)$/.exec(name);
  const words = (unit === null ? name : name.slice(0, unit.index)).replaceAll(/[_-]+/g, " ").trim();
  const title = words === "" ? name : (words.charAt(0).toUpperCase() + words.slice(1)).replace(SHORT, upper);
  return unit?.[1] === undefined ? title : `${title} (${UNITS[unit[1]] ?? unit[1]})`;
}

const SHORT = /\b(cpu|url|http|id|ca|api|utc)\b/gi;
const upper = (word: string) => word.toUpperCase();
const UNITS: Readonly<Record<string, string>> = { seconds: "s", mib: "MiB", percent: "%" };

function wordOf(text: string): string {
  if (!text.startsWith('"')) return text;
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}

import type { Keep } from "./observation.ts";

const MOST = 10_000;

/** Keeps one copy of each text, of the latest ten thousand. */
export function keepTexts(): Keep {
  const texts = new Map<string, string>();
  return (text) => {
    const kept = texts.get(text);
    if (kept !== undefined) return kept;
    if (texts.size >= MOST) texts.clear();
    // A part of a longer text would keep all of that.
    const own = String(JSON.parse(JSON.stringify(text)));
    texts.set(own, own);
    return own;
  };
}

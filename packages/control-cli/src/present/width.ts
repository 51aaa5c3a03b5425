import { stripVTControlCharacters } from "node:util";

const GRAPHEMES = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const WIDE =
  /\p{Emoji_Presentation}|\uFE0F|[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60]/u;

/** Columns a text takes in a terminal; colours count nothing, wide characters two. */
export function widthOf(text: string): number {
  let width = 0;
  for (const { segment } of GRAPHEMES.segment(stripVTControlCharacters(text))) width += WIDE.test(segment) ? 2 : 1;
  return width;
}

/** At most `columns` wide, an ellipsis for what was cut. Give it text without colours. */
export function fit(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let out = "";
  let width = 0;
  for (const { segment } of GRAPHEMES.segment(text)) {
    width += WIDE.test(segment) ? 2 : 1;
    if (width > columns - 1) break;
    out += segment;
  }
  return `${out}…`;
}

/** Lines of at most `columns`, broken between words; a longer word stands alone. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && widthOf(longer) > columns) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

/** The same; a word that is longer than a line, as lines of JSON are, is broken where the line ends. */
export function wrapAnywhere(text: string, columns: number): string[] {
  return wrap(text, columns).flatMap((line) => {
    const pieces: string[] = [];
    for (let at = 0; at < line.length; at += columns) pieces.push(line.slice(at, at + columns));
    return pieces.length === 0 ? [""] : pieces;
  });
}

/** Control characters made visible, so that a line of evidence can neither move the cursor nor colour the terminal. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu, (character) => {
    if (character === "\t" || character === "\n" || character === "\r") return " ";
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/** Edits of a TOML text line by line. They may come out wrong where lines inside a value look like keys, headers or
 *  comments: whoever uses them reads the result and takes the next one. */
import { isDeepStrictEqual } from "node:util";
import { parse } from "smol-toml";
import { isTable } from "../config/layer.ts";
import { tomlKey, tomlValue } from "./toml-value.ts";

/** The text with a new key: below the last one of its table, else in a table of its own at the end. */
export function* insertions(text: string, path: readonly string[], value: unknown): Generator<string> {
  const lines = text.split("\n");
  const parent = path.slice(0, -1);
  const line = `${tomlKey(path.at(-1) ?? "")} = ${tomlValue(value)}`;
  const carriage = text.includes("\r\n") ? "\r" : "";
  const header = lines.findIndex((each) => isDeepStrictEqual(headerPath(each), parent));
  for (let at = header === -1 ? -1 : sectionEnd(lines, header); at > header; at -= 1) {
    const above = lines[at - 1] ?? "";
    if (isIdle(above)) continue;
    const put = `${at - 1 === header ? "" : (/^[ \t]*/.exec(above)?.[0] ?? "")}${line}`;
    const rest = at === lines.length ? [`${above}${carriage}`, put] : [above, `${put}${carriage}`];
    yield [...lines.slice(0, at - 1), ...rest, ...lines.slice(at)].join("\n");
  }
  const newline = `${carriage}\n`;
  const inTable = isTable(value)
    ? Object.entries(value).map(([key, inner]) => `${tomlKey(key)} = ${tomlValue(inner)}`)
    : [line];
  const head = `[${(isTable(value) ? path : parent).map(tomlKey).join(".")}]`;
  const before = text === "" || text.endsWith("\n") ? text : `${text}${newline}`;
  const gap = before.trim() === "" || /\n\r?\n$/.test(before) ? "" : newline;
  yield `${before}${gap}${[head, ...inTable].join(newline)}${newline}`;
}

/** The text without this table and those inside it: headers, keys, the comments directly above and directly below. Those
 *  that stand on the next header, and those between blank lines, stay. */
export function withoutTable(text: string, path: readonly string[]): string {
  let lines: readonly string[] = text.split("\n");
  for (;;) {
    const header = lines.findIndex((line) => isDeepStrictEqual(anyHeaderPath(line)?.slice(0, path.length), path));
    if (header === -1) return lines.join("\n");
    lines = withoutSection(lines, header);
  }
}

/** The text with the spaces of `before` in every line that says the same there: nobody's comments move. */
export function asSpacedBefore(text: string, before: string): string {
  const known = new Map<string, string[]>();
  for (const line of before.split("\n")) known.set(squeezed(line), [...(known.get(squeezed(line)) ?? []), line]);
  return text
    .split("\n")
    .map((line) => known.get(squeezed(line))?.shift() ?? line)
    .join("\n");
}

const squeezed = (line: string) => line.replaceAll(/\s/g, "");

function withoutSection(lines: readonly string[], header: number): string[] {
  const next = sectionEnd(lines, header);
  const lastKey = back(lines, next, header + 1, isIdle);
  const ofNext = next === lines.length ? next : back(lines, next, lastKey, isComment);
  const end = forth(lines, lastKey, ofNext, isComment);
  const begin = back(lines, header, 0, isComment);
  // One blank line between neighbours is enough, and none at the end.
  const rest = begin === 0 || isBlank(lines[begin - 1] ?? "") ? forth(lines, end, lines.length, isBlank) : end;
  if (rest < lines.length) return [...lines.slice(0, begin), ...lines.slice(rest)];
  const kept = lines.slice(0, back(lines, begin, 0, isBlank));
  return kept.length === 0 ? [""] : [...kept, ""];
}

/** As far up from `from` as every line is so, not beyond `stop`. */
function back(lines: readonly string[], from: number, stop: number, isSo: (line: string) => boolean): number {
  let at = from;
  while (at > stop && isSo(lines[at - 1] ?? "")) at -= 1;
  return at;
}

/** The same downwards. */
function forth(lines: readonly string[], from: number, stop: number, isSo: (line: string) => boolean): number {
  let at = from;
  while (at < stop && isSo(lines[at] ?? "")) at += 1;
  return at;
}

/** The line after the last one that belongs to the table whose header this is. */
function sectionEnd(lines: readonly string[], header: number): number {
  const next = lines.findIndex((line, index) => index > header && /^\s*\[/.test(line));
  return next === -1 ? lines.length : next;
}

/** `["plugins", "load"]` of a line `[plugins.load]`, comment or not. */
function headerPath(line: string): string[] | undefined {
  if (!/^\s*\[[^[]/.test(line)) return undefined;
  try {
    const path: string[] = [];
    for (let table: unknown = parse(line.trimEnd()); isTable(table); ) {
      const [entry] = Object.entries(table);
      if (entry === undefined) return path;
      path.push(entry[0]);
      table = entry[1];
    }
    return undefined;
  } catch {
    return undefined;
  }
}

/** Of `[[plugins.load.feeds]]` too. */
function anyHeaderPath(line: string): string[] | undefined {
  return headerPath(line.replace(/^(\s*)\[\[(.*)\]\]/, "$1[$2]"));
}

const isBlank = (line: string) => line.trim() === "";
const isIdle = (line: string) => isBlank(line) || isComment(line);
const isComment = (line: string) => line.trimStart().startsWith("#");

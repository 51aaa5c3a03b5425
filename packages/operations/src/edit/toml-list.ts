/** Lists of tables, `[[rules]]` and the like, in a TOML text: what stays as it is keeps its very lines. */
import { isDeepStrictEqual } from "node:util";
import { parse } from "smol-toml";
import { type Tree, isTable } from "../config/layer.ts";
import { tomlKey, tomlValue } from "./toml-value.ts";

/** The lines of one table of a list: comments directly above it, its header, and all up to the next table. */
interface Block {
  readonly from: number;
  readonly header: number;
  readonly to: number;
}

/** The text with this list in it; the blocks stand together where the first of them stood, else at the end. May come out wrong
 *  where lines inside a value look like headers: whoever uses it reads the result. */
export function withList(text: string, name: string, wanted: readonly unknown[]): string {
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const lines = text.split(newline);
  const blocks = blocksOf(lines, name);
  const now = listIn(parse(text), name);
  const used = new Set<number>();
  const find = (isSo: (item: unknown) => boolean) => now.findIndex((item, index) => !used.has(index) && isSo(item));
  const written = wanted.map((item) => {
    const same = find((each) => isDeepStrictEqual(plain(each), plain(item)));
    const index = same === -1 ? find((each) => nameOf(each) !== undefined && nameOf(each) === nameOf(item)) : same;
    used.add(index);
    const block = blocks[index];
    if (block === undefined) return fresh(name, item);
    if (same !== -1) return trimmed(lines.slice(block.from, block.to));
    return [...lines.slice(block.from, block.header), ...fresh(name, item)];
  });
  const kept = lines.map((line, at) => (blocks.some(({ from, to }) => at >= from && at < to) ? null : line));
  const at = blocks[0]?.from ?? kept.length;
  const above = trimmed(kept.slice(0, at).filter((line) => line !== null));
  const below = trimmed(kept.slice(at).filter((line) => line !== null));
  const parts = [above, ...written, below].filter((part) => part.length > 0);
  return `${parts.map((part) => part.join(newline)).join(newline + newline)}${newline}`;
}

function blocksOf(lines: readonly string[], name: string): Block[] {
  const isElement = (line: string) => headerOf(line) === `[[${name}]]`;
  const isInside = (line: string) => new RegExp(`^\\[\\[?${name}\\.`).test(headerOf(line) ?? "");
  const headers = lines.flatMap((line, at) => (isElement(line) ? [at] : []));
  return headers.map((header) => {
    const next = lines.findIndex((line, at) => at > header && headerOf(line) !== null && !isInside(line));
    return { from: commentsAbove(lines, header), header, to: next === -1 ? lines.length : commentsAbove(lines, next) };
  });
}

function commentsAbove(lines: readonly string[], at: number): number {
  let from = at;
  while (from > 0 && (lines[from - 1] ?? "").trimStart().startsWith("#")) from -= 1;
  return from;
}

/** `[[rules]]` of a line with such a header, whatever the spaces and comments. */
function headerOf(line: string): string | null {
  return /^\s*(\[.*\])\s*(#.*)?$/.exec(line)?.[1]?.replaceAll(/\s/g, "") ?? null;
}

function fresh(name: string, item: unknown): string[] {
  const entries = Object.entries(isTable(item) ? item : {});
  return [`[[${name}]]`, ...entries.map(([key, value]) => `${tomlKey(key)} = ${tomlValue(value)}`)];
}

/** Without blank lines around. */
function trimmed(lines: readonly string[]): string[] {
  const isText = (line: string) => line.trim() !== "";
  const first = lines.findIndex(isText);
  return first === -1 ? [] : lines.slice(first, lines.findLastIndex(isText) + 1);
}

function listIn(tree: Tree, name: string): readonly unknown[] {
  const list = tree[name];
  return Array.isArray(list) ? list : [];
}

function nameOf(item: unknown): unknown {
  return isTable(item) ? item["name"] : undefined;
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}

/** Changes single keys of a TOML text and leaves everything else as it was written: comments, order, blank lines. */
import { isDeepStrictEqual } from "node:util";
import { parse as parseForPatch, patch } from "@decimalturn/toml-patch";
import { parse } from "smol-toml";
import { type Tree, isTable } from "../config/layer.ts";
import { CollectorError } from "../error.ts";
import { asSpacedBefore, insertions, withoutTable } from "./toml-lines.ts";
import { withList } from "./toml-list.ts";

/** One key, from the root of the file. `value: undefined` takes it out, with the comments that belong to it. */
export interface KeyEdit {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** The text with these edits made one after the other. Throws `CollectorError` `not-editable` when the way the file is
 *  written leaves no safe place for one: what comes out always means exactly what was asked for. */
export function editToml(text: string, edits: readonly KeyEdit[]): string {
  return edits.reduce(editKey, text);
}

function editKey(text: string, { path, value }: KeyEdit): string {
  const tree: Tree = parse(text);
  const wanted = changed(tree, path, value);
  if (isDeepStrictEqual(tree, wanted)) return text;
  for (const candidate of candidates(text, tree, path, value)) {
    if (means(candidate, wanted) || (value === undefined && means(candidate, pruned(wanted, path)))) return candidate;
  }
  const hint = "change it in an editor; a running collector takes it over by itself";
  throw new CollectorError(
    "not-editable",
    `${path.join(".")} cannot be changed safely in a file written like this`,
    hint,
  );
}

/** Ways to write it, best first. Some of them say something else; who asks finds out. What the library does on its own
 *  comes last: it puts new keys below, and takes removed tables with, the comments of what follows. */
function* candidates(text: string, tree: Tree, path: readonly string[], value: unknown): Generator<string> {
  const [name = ""] = path;
  if (value === undefined) yield withoutTable(text, path);
  else if (path.length === 1 && Array.isArray(value) && value.every(isTable)) yield withList(text, name, value);
  else if (valueAt(tree, path) === undefined) yield* insertions(text, path, value);
  try {
    const patched = patch(text, changed(parseForPatch(text) as Tree, path, value));
    yield asSpacedBefore(patched, text);
    yield patched;
  } catch {
    // Not every text that is TOML 1.0 can be patched; whoever asks hears that there was no way.
  }
}

function means(text: string, tree: Tree): boolean {
  try {
    return isDeepStrictEqual(plain(parse(text)), plain(tree));
  } catch {
    return false;
  }
}

/** Tables are equal whatever their prototype. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isTable(value) || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

/** A copy in which the value at `path` is another one, or gone. Tables on the way are made. */
function changed(tree: Tree, path: readonly string[], value: unknown): Tree {
  const [name, ...rest] = path;
  if (name === undefined) return tree;
  const others = Object.entries(tree).filter(([key]) => key !== name);
  const before = Object.hasOwn(tree, name) ? tree[name] : undefined;
  if (rest.length === 0 && value === undefined) return Object.fromEntries(others);
  if (rest.length > 0 && !isTable(before) && value === undefined) return tree;
  const inner = rest.length === 0 ? value : changed(isTable(before) ? before : {}, rest, value);
  const kept = Object.entries(tree).map(([key, each]) => [key, key === name ? inner : each] as const);
  return Object.fromEntries(before === undefined ? [...others, [name, inner] as const] : kept);
}

/** Without the tables around a value that went, as far as nothing else is in them. */
function pruned(tree: Tree, path: readonly string[]): Tree {
  const parent = path.slice(0, -1);
  const around = parent.length === 0 ? undefined : valueAt(tree, parent);
  if (!isTable(around) || Object.keys(around).length > 0) return tree;
  return pruned(changed(tree, parent, undefined), parent);
}

function valueAt(tree: Tree, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) => (isTable(value) && Object.hasOwn(value, name) ? value[name] : undefined),
    tree,
  );
}

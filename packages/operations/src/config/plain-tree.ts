/** What a parser gave, as plain data: tables, lists, text, numbers, booleans, null. */
import type { ConfigErrorCode } from "./error.ts";
import { type KeyPath, type Tree, isTable } from "./layer.ts";

/** Deeper than any real configuration, shallow enough for every walk over it. */
const maxDepth = 32;

/** More values than any real configuration has; YAML aliases can multiply a few lines into billions. */
const maxValues = 100_000;

/** Why a tree was refused, and where. */
export interface TreeFault {
  readonly code: ConfigErrorCode;
  readonly path: KeyPath;
  readonly reason: string;
}

/** Copies the tree; dates become their text, empty YAML values stay null. A name that would change what objects are, or
 *  tables deeper than 32, are left out and told in `faults`. */
export function plainTree(parsed: Tree): { tree: Tree; faults: TreeFault[] } {
  const faults: TreeFault[] = [];
  const tree: Tree = {};
  let values = 0;
  const copyTable = (from: Tree, to: Tree, path: KeyPath): Tree => {
    for (const [name, value] of Object.entries(from)) {
      if (name === "__proto__")
        faults.push({ code: "invalid-value", path: [...path, name], reason: "cannot be a key" });
      else to[name] = copy(value, [...path, name]);
    }
    return to;
  };
  const copy = (value: unknown, path: KeyPath): unknown => {
    if (path.length > maxDepth) {
      faults.push({ code: "invalid-value", path, reason: `is nested more than ${maxDepth} deep` });
      return null;
    }
    values += 1;
    if (values > maxValues) {
      if (values === maxValues + 1)
        faults.push({ code: "invalid-value", path, reason: `is one of more than ${maxValues} values` });
      return null;
    }
    if (value instanceof Date) return value.toISOString();
    if (Array.isArray(value)) return value.map((entry: unknown, index) => copy(entry, [...path, index]));
    if (isTable(value)) return copyTable(value, {}, path);
    return typeof value === "bigint" ? Number(value) : (value ?? null);
  };
  copyTable(parsed, tree, []);
  return { tree, faults };
}

/** What a parser gave, as plain data: tables, lists, text, numbers, booleans, null. */
import type { ConfigErrorCode } from "./error.ts";
import { type KeyPath, type Tree, isTable, placeKey } from "./layer.ts";

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

/** Copies the tree; dates become their text, empty YAML values stay null. A name that would change what objects are, and
 *  what is too deep or too much, is left out and told once in `faults`. */
export function plainTree(parsed: Tree): { tree: Tree; faults: readonly TreeFault[] } {
  const faults = new Map<string, TreeFault>();
  let values = 0;
  const refuse = (path: KeyPath, reason: string): null => {
    // One of each kind is enough; a `__proto__` is told each time.
    const kind = reason === notAKey ? placeKey(path) : reason;
    if (!faults.has(kind)) faults.set(kind, { code: "invalid-value", path, reason });
    return null;
  };
  const copyTable = (from: Tree, path: KeyPath): Tree => {
    const to: Tree = {};
    for (const [name, value] of Object.entries(from)) {
      if (name === "__proto__") refuse([...path, name], notAKey);
      else to[name] = copy(value, [...path, name]);
    }
    return to;
  };
  const copy = (value: unknown, path: KeyPath): unknown => {
    values += 1;
    if (path.length > maxDepth) return refuse(path, `is nested more than ${maxDepth} deep`);
    if (values > maxValues) return refuse(path, `is one of more than ${maxValues} values`);
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? String(value) : value.toISOString();
    if (Array.isArray(value)) return value.map((entry: unknown, index) => copy(entry, [...path, index]));
    if (isTable(value)) return copyTable(value, path);
    return typeof value === "bigint" ? Number(value) : (value ?? null);
  };
  const tree = copyTable(parsed, []);
  return { tree, faults: [...faults.values()] };
}

const notAKey = "cannot be a key";

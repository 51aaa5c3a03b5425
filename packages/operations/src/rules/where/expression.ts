// What `where` of a rule says, read.

/** `==` and `!=` compare anything plain; the others numbers with numbers, or texts with texts. */
export type Operator = "==" | "!=" | ">" | ">=" | "<" | "<=" | "contains";

export type Plain = string | number | boolean | null;

/** The name of a field, then keys of objects and positions in lists. */
export type Path = readonly [string, ...string[]];

export type Operand = { readonly path: Path } | { readonly value: Plain };

export type Expression =
  | { readonly is: "comparison"; readonly left: Operand; readonly operator: Operator; readonly right: Operand }
  | { readonly is: "exists"; readonly path: Path }
  /** A path alone: its value is `true`. */
  | { readonly is: "true"; readonly path: Path }
  | { readonly is: "not"; readonly of: Expression }
  | { readonly is: "and" | "or"; readonly left: Expression; readonly right: Expression };

/** The fields that a path may begin with. */
export const FIELDS = ["source", "agent", "plugin", "event", "at", "data", "metrics", "state", "health"] as const;

/** A path as it is written. */
export function pathText(path: Path): string {
  return path.map((part) => (/^[A-Za-z0-9_-]+$/.test(part) ? part : JSON.stringify(part))).join(".");
}

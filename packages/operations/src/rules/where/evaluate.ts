// Whether `where` of a rule holds.
import type { Expression, Operand, Operator, Path } from "./expression.ts";

/** The value of a field; `undefined` when there is none. */
export type Lookup = (field: string) => unknown;

/** Whether it holds. What is not there makes every comparison false but `!=`; nothing throws. */
export function holds(expression: Expression, lookup: Lookup): boolean {
  switch (expression.is) {
    case "comparison":
      return compares(valueOf(expression.left, lookup), expression.operator, valueOf(expression.right, lookup));
    case "exists":
      return valueAt(expression.path, lookup) !== undefined;
    case "true":
      return valueAt(expression.path, lookup) === true;
    case "not":
      return !holds(expression.of, lookup);
    case "and":
      return holds(expression.left, lookup) && holds(expression.right, lookup);
    case "or":
      return holds(expression.left, lookup) || holds(expression.right, lookup);
  }
}

/** What stands at a path; `undefined` when nothing does. */
export function valueAt([field, ...parts]: Path, lookup: Lookup): unknown {
  let value = lookup(field);
  for (const part of parts) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
    // The length of a list is its own, too, and none of its elements.
    if (Array.isArray(value) && !/^\d+$/.test(part)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[part];
  }
  return value;
}

function valueOf(operand: Operand, lookup: Lookup): unknown {
  return "path" in operand ? valueAt(operand.path, lookup) : operand.value;
}

function compares(left: unknown, operator: Operator, right: unknown): boolean {
  switch (operator) {
    case "==":
      return isSame(left, right);
    case "!=":
      return !isSame(left, right);
    case "contains":
      return contains(left, right);
    default:
      if (typeof left === "number" && typeof right === "number") return isOrdered(left, operator, right);
      if (typeof left === "string" && typeof right === "string") return isOrdered(left, operator, right);
      return false;
  }
}

function isOrdered<Value extends number | string>(
  left: Value,
  operator: ">" | ">=" | "<" | "<=",
  right: Value,
): boolean {
  if (operator === ">") return left > right;
  if (operator === ">=") return left >= right;
  return operator === "<" ? left < right : left <= right;
}

// Whole objects and lists are never compared.
function isSame(left: unknown, right: unknown): boolean {
  return left === right && left !== undefined && (typeof left !== "object" || left === null);
}

/** A text in a text, an element of a list, a key of an object. */
function contains(whole: unknown, part: unknown): boolean {
  if (typeof whole === "string") return typeof part === "string" && whole.includes(part);
  if (Array.isArray(whole)) return whole.some((element) => isSame(element, part));
  return typeof whole === "object" && whole !== null && typeof part === "string" && Object.hasOwn(whole, part);
}

import type { Bounds, FieldKind } from "./field.ts";

type Table = Readonly<Record<string, unknown>>;

export function isTable(value: unknown): value is Table {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What a person enters for a value of this schema; without a schema the value itself tells. A schema that says too much for a
 *  form of its own is JSON here and the collector's to check. */
export function kindOf(schema: unknown, value: unknown): FieldKind {
  if (namesSecret(value)) return { is: "reference" };
  const said: Table = isTable(schema) ? schema : {};
  const choices = said["enum"];
  if (Array.isArray(choices) && choices.length > 0 && choices.length <= MOST_CHOICES) return { is: "choice", choices };
  if (ALTERNATIVES.some((key) => said[key] !== undefined)) return { is: "json" };
  switch (typeOf(said["type"], value)) {
    case "boolean":
      return { is: "switch" };
    case "integer":
      return { is: "number", bounds: boundsOf(said, true) };
    case "number":
      return { is: "number", bounds: boundsOf(said, false) };
    case "string":
      return {
        is: "text",
        shortest: numberIn(said, "minLength") ?? 0,
        longest: numberIn(said, "maxLength"),
        isSecret: said["writeOnly"] === true,
      };
    case "array":
      return holdsTexts(said["items"], value) ? { is: "lines", most: numberIn(said, "maxItems") } : { is: "json" };
    default:
      return { is: "json" };
  }
}

const MOST_CHOICES = 100;
const ALTERNATIVES = ["anyOf", "oneOf", "allOf", "not", "$ref", "if"];

/** Of several types the one the value has, else the first that is not null. */
function typeOf(type: unknown, value: unknown): string | undefined {
  if (typeof type === "string") return type;
  const own = value === undefined || value === null ? undefined : Array.isArray(value) ? "array" : typeof value;
  if (!Array.isArray(type)) return own;
  return type.includes(own) ? own : type.find((each): each is string => typeof each === "string" && each !== "null");
}

function holdsTexts(items: unknown, value: unknown): boolean {
  if (isTable(items)) return items["type"] === "string" && !ALTERNATIVES.some((key) => items[key] !== undefined);
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}

function boundsOf(schema: Table, isWhole: boolean): Bounds {
  return {
    isWhole,
    least: numberIn(schema, "minimum"),
    most: numberIn(schema, "maximum"),
    above: numberIn(schema, "exclusiveMinimum"),
    below: numberIn(schema, "exclusiveMaximum"),
  };
}

function numberIn(schema: Table, key: string): number | null {
  const value = schema[key];
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** `{ env = … }` or `{ file = … }`, or a table or list with one in it. */
export function namesSecret(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(namesSecret);
  if (!isTable(value)) return false;
  const keys = Object.keys(value);
  if (keys.length === 1 && (keys[0] === "env" || keys[0] === "file") && typeof Object.values(value)[0] === "string")
    return true;
  return Object.values(value).some(namesSecret);
}

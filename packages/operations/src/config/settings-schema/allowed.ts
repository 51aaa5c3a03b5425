/** What a schema allows, in the words in which all of the configuration is explained. */
import type { KeyKind } from "../describe.ts";
import { type Tree, isTable } from "../layer.ts";

/** An author's text in a message: in quotes, nothing in it that a terminal would obey, and not endless. */
export function quoted(text: string): string {
  const shown = JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
  return shown.replaceAll(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

const MOST_CHOICES = 12;

/** `a whole number from 1 to 10`, `one of "a", "b"`, `text in quotes, of at least 3 characters`. */
export function allowedBy(schema: unknown): string {
  if (!isTable(schema)) return schema === false ? "left out" : "anything";
  const choices = choicesOf(schema);
  if (choices !== undefined) {
    const shown = choices.slice(0, MOST_CHOICES).map(valueText);
    const more = choices.length > MOST_CHOICES ? ` and ${choices.length - MOST_CHOICES} more` : "";
    return shown.length === 1 ? String(shown[0]) : `one of ${shown.join(", ")}${more}`;
  }
  const branches = branchesOf(schema);
  if (branches !== undefined && schema["type"] === undefined) {
    return [...new Set(branches.map(allowedBy))].slice(0, MOST_CHOICES).join(", or ");
  }
  const types = [schema["type"] ?? implied(schema) ?? []].flat();
  if (types.length === 0) return "another value";
  return types.map((type) => ofKind(type, schema)).join(", or ");
}

/** The only values, where there are only a few. */
export function choicesOf(schema: unknown): readonly unknown[] | undefined {
  if (!isTable(schema)) return undefined;
  if (Object.hasOwn(schema, "const")) return [schema["const"]];
  return Array.isArray(schema["enum"]) ? schema["enum"] : undefined;
}

/** The kind of a key, where the schema wants exactly one. */
export function kindOf(schema: unknown): KeyKind | undefined {
  const type = isTable(schema) ? (schema["type"] ?? implied(schema)) : undefined;
  const kinds: Readonly<Record<string, KeyKind>> = {
    string: "text",
    number: "number",
    integer: "integer",
    boolean: "boolean",
    array: "list",
    object: "table",
  };
  return typeof type === "string" ? kinds[type] : undefined;
}

function branchesOf({ anyOf, oneOf }: Tree): readonly unknown[] | undefined {
  const branches = anyOf ?? oneOf;
  return Array.isArray(branches) ? branches : undefined;
}

/** What a keyword speaks of, where no type is said. */
function implied(schema: Tree): string | null {
  if (["pattern", "minLength", "maxLength"].some((keyword) => keyword in schema)) return "string";
  if (["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"].some((each) => each in schema))
    return "number";
  if (["items", "minItems", "maxItems", "uniqueItems", "contains"].some((keyword) => keyword in schema)) return "array";
  if (["properties", "required", "additionalProperties"].some((keyword) => keyword in schema)) return "object";
  return null;
}

function ofKind(kind: unknown, schema: Tree): string {
  switch (kind) {
    case "boolean":
      return "true or false";
    case "integer":
      return `a whole number${range(schema)}`;
    case "number":
      return `a number${range(schema)}`;
    case "string": {
      const { pattern } = schema;
      const form = typeof pattern === "string" ? ` that matches ${quoted(pattern)}` : "";
      return `text in quotes${form}${many(schema, "Length", "character")}`;
    }
    case "array": {
      const unique = schema["uniqueItems"] === true ? " without repeats" : "";
      const of = isTable(schema["items"]) ? listOf(schema["items"]) : "";
      return `a list${of}${unique}${many(schema, "Items", "entry")}`;
    }
    case "object":
      return `a table${many(schema, "Properties", "key")}`;
    default:
      return "nothing";
  }
}

function listOf(items: Tree): string {
  const texts: Readonly<Record<string, string>> = {
    string: " of texts",
    number: " of numbers",
    integer: " of whole numbers",
    object: " of tables",
  };
  const choices = choicesOf(items);
  if (choices !== undefined) return ` of ${allowedBy(items)}`;
  return typeof items["type"] === "string" ? (texts[items["type"]] ?? "") : "";
}

function range({ minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf }: Tree): string {
  const parts = [
    minimum === undefined ? "" : ` from ${JSON.stringify(minimum)}`,
    exclusiveMinimum === undefined ? "" : ` above ${JSON.stringify(exclusiveMinimum)}`,
    maximum === undefined
      ? ""
      : minimum === undefined
        ? ` up to ${JSON.stringify(maximum)}`
        : ` to ${JSON.stringify(maximum)}`,
    exclusiveMaximum === undefined ? "" : ` below ${JSON.stringify(exclusiveMaximum)}`,
    multipleOf === undefined ? "" : `, a multiple of ${JSON.stringify(multipleOf)}`,
  ];
  return parts.join("");
}

function many(schema: Tree, what: "Length" | "Items" | "Properties", name: string): string {
  const [least, most] = [schema[`min${what}`], schema[`max${what}`]];
  const plural = (count: unknown) => (count === 1 ? name : name === "entry" ? "entries" : `${name}s`);
  const parts = [
    least === undefined || least === 0 ? "" : `at least ${JSON.stringify(least)}`,
    most === undefined ? "" : `at most ${JSON.stringify(most)}`,
  ].filter(Boolean);
  return parts.length === 0 ? "" : `, of ${parts.join(" and ")} ${plural(most ?? least)}`;
}

function valueText(value: unknown): string {
  if (typeof value === "string") return quoted(value);
  return typeof value === "object" && value !== null ? quoted(JSON.stringify(value)) : String(value);
}

// The part of JSON Schema that types are inferred from, checked: what the types promise holds whoever calls. Everything else a
// schema says is the collector's to check.
import type { JsonSchema } from "./json-schema.ts";

/** What is wrong with `value`, in a sentence that names the place; `null`: nothing. */
export function faultIn(value: unknown, schema: JsonSchema, place: string): string | null {
  const { type, enum: allowed, const: only, anyOf, oneOf } = schema;
  if ("const" in schema && !isSame(value, only)) return `${place}: is not ${JSON.stringify(only)}`;
  if (allowed !== undefined && !allowed.some((one) => isSame(value, one))) {
    return `${place}: is not one of ${allowed.map((one) => JSON.stringify(one)).join(", ")}`;
  }
  const names = type === undefined ? [] : [type].flat();
  if (names.length > 0 && !names.some((name) => isOf(name, value))) return `${place}: is no ${names.join(" or ")}`;
  const ways = anyOf ?? oneOf;
  if (ways !== undefined && ways.every((way) => faultIn(value, way, place) !== null)) {
    return `${place}: is nothing the schema allows`;
  }
  if (Array.isArray(value)) return faultAmong(value, schema, place);
  return typeof value === "object" && value !== null ? faultOf(value, schema, place) : null;
}

function faultAmong(items: readonly unknown[], { items: schema }: JsonSchema, place: string): string | null {
  if (schema === undefined) return null;
  for (const [index, item] of items.entries()) {
    const fault = faultIn(item, schema, `${place}.${index}`);
    if (fault !== null) return fault;
  }
  return null;
}

function faultOf(value: object, schema: JsonSchema, place: string): string | null {
  const { properties = {}, required = [], additionalProperties: others = true } = schema;
  const missing = required.find((name) => !Object.hasOwn(value, name));
  if (missing !== undefined) return `${place}.${missing}: is missing`;
  for (const [name, field] of Object.entries(value)) {
    const known = Object.hasOwn(properties, name) ? properties[name] : others;
    if (known === false) return `${place}.${name}: is not known`;
    const fault = typeof known === "object" ? faultIn(field, known, `${place}.${name}`) : null;
    if (fault !== null) return fault;
  }
  return null;
}

function isOf(name: string, value: unknown): boolean {
  switch (name) {
    case "null":
      return value === null;
    case "array":
      return Array.isArray(value);
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    case "integer":
      return Number.isInteger(value);
    default:
      return typeof value === name;
  }
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/** A schema by an untrusted author, copied into a plain one: keywords that are known here, references replaced by what they
 *  mean, so much and no more. What comes out can neither refer to anything nor go on for ever. */
import { type Tree, isTable } from "../layer.ts";

const MOST_CHARACTERS = 65_536;
const MOST_PARTS = 2_000;
const MOST_DEPTH = 48;
/** A schema may refer to itself; settings are checked this many turns deep. */
const MOST_TURNS = 6;
const MOST_PATTERN_CHARACTERS = 1_000;

export type PlainSchema =
  | { readonly ok: true; readonly schema: Tree }
  /** Why it cannot be used, in words that name the place in it. */
  | { readonly ok: false; readonly fault: string };

/** Copies it. Never throws; runs nothing that the schema says. */
export function plainSchema(schema: unknown): PlainSchema {
  try {
    // The size decides before anything walks over it; a text cannot lead back into itself.
    const text = JSON.stringify(schema) ?? "";
    if (text.length > MOST_CHARACTERS) throw new SchemaFault(`is larger than ${MOST_CHARACTERS / 1024} KiB`);
    const root: unknown = JSON.parse(text);
    if (!isTable(root)) throw new SchemaFault("is no object");
    const plain = new Copy(root).of(root, "#", []);
    return { ok: true, schema: isTable(plain) ? plain : {} };
  } catch (error) {
    if (error instanceof SchemaFault) return { ok: false, fault: error.message };
    // JSON.stringify and JSON.parse give up on what is nested too deep or leads back into itself.
    return { ok: false, fault: "is nested too deep, or no JSON" };
  }
}

class SchemaFault extends Error {}

type Part = Tree | boolean;

const numbers = new Set(["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"]);
const counts = new Set(["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"]);
const single = new Set(["not", "if", "then", "else", "propertyNames", "additionalProperties", "contains"]);
const lists = new Set(["anyOf", "oneOf", "allOf"]);
const types: readonly unknown[] = ["string", "number", "integer", "boolean", "array", "object", "null"];

class Copy {
  readonly #root: Tree;
  #parts = 0;

  constructor(root: Tree) {
    this.#root = root;
  }

  /** `turns`: the references that led here. */
  of(part: unknown, at: string, turns: readonly string[]): Part {
    this.#parts += 1;
    if (this.#parts > MOST_PARTS) throw new SchemaFault(`has more than ${MOST_PARTS} parts, references followed`);
    if (at.split("/").length + turns.length > MOST_DEPTH)
      throw new SchemaFault(`is nested too deep at ${at.slice(0, 60)}…`);
    if (typeof part === "boolean") return part;
    if (!isTable(part)) throw new SchemaFault(`has no schema at ${at}`);
    const copy: Tree = {};
    for (const [keyword, value] of Object.entries(part)) this.#keyword(copy, keyword, value, at, turns);
    this.#items(copy, part, at, turns);
    const reference = part["$ref"];
    if (reference === undefined) return copy;
    const meant = this.#referred(reference, at, turns);
    return Object.keys(copy).length === 0 ? meant : { allOf: [meant, copy] };
  }

  #keyword(copy: Tree, keyword: string, value: unknown, at: string, turns: readonly string[]): void {
    const here = `${at}/${keyword}`;
    const wrong = (what: string): never => {
      throw new SchemaFault(`must have ${what} at ${here}`);
    };
    if (numbers.has(keyword)) copy[keyword] = isNumber(value) ? value : wrong("a number");
    else if (keyword === "multipleOf") copy[keyword] = isNumber(value) && value > 0 ? value : wrong("a number above 0");
    else if (counts.has(keyword)) copy[keyword] = isCount(value) ? value : wrong("a whole number");
    else if (keyword === "uniqueItems") copy[keyword] = typeof value === "boolean" ? value : wrong("true or false");
    else if (keyword === "type") copy[keyword] = areTypes(value) ? value : wrong(`one of ${types.join(", ")}`);
    else if (keyword === "const") copy[keyword] = value;
    else if (keyword === "enum") copy[keyword] = Array.isArray(value) && value.length > 0 ? value : wrong("a list");
    else if (keyword === "required") copy[keyword] = areTexts(value) ? [...new Set(value)] : wrong("a list of names");
    else if (keyword === "pattern") copy[keyword] = isPattern(value) ? value : wrong("a pattern of moderate length");
    else if (single.has(keyword)) copy[keyword] = this.of(value, here, turns);
    else if (lists.has(keyword)) copy[keyword] = this.#list(value, here, turns);
    else if (keyword === "properties" || keyword === "patternProperties") {
      copy[keyword] = this.#table(value, here, (inner, place) => this.of(inner, place, turns));
    } else if (["dependencies", "dependentRequired", "dependentSchemas"].includes(keyword)) {
      const needs = this.#table(value, here, (inner, place) =>
        areTexts(inner) ? inner : this.of(inner, place, turns),
      );
      copy["dependencies"] = { ...Object(copy["dependencies"]), ...needs };
    }
  }

  /** Lists of which each place has a schema of its own are said in two ways. */
  #items(copy: Tree, { items, prefixItems, additionalItems }: Tree, at: string, turns: readonly string[]): void {
    const places = prefixItems ?? (Array.isArray(items) ? items : undefined);
    const rest = prefixItems === undefined ? additionalItems : items;
    if (places === undefined) {
      if (items !== undefined) copy["items"] = this.of(items, `${at}/items`, turns);
      return;
    }
    copy["items"] = this.#list(places, `${at}/items`, turns);
    if (rest !== undefined) copy["additionalItems"] = this.of(rest, `${at}/additionalItems`, turns);
  }

  #list(value: unknown, at: string, turns: readonly string[]): Part[] {
    if (!Array.isArray(value) || value.length === 0) throw new SchemaFault(`must have a list of schemas at ${at}`);
    return value.map((inner: unknown, index) => this.of(inner, `${at}/${index}`, turns));
  }

  #table<Inner>(value: unknown, at: string, read: (inner: unknown, at: string) => Inner): Record<string, Inner> {
    if (!isTable(value)) throw new SchemaFault(`must have an object at ${at}`);
    const isPatterns = at.endsWith("/patternProperties");
    const entries = Object.entries(value).map(([name, inner]) => {
      if (name === "__proto__" || (isPatterns && !isPattern(name)))
        throw new SchemaFault(`has an impossible name at ${at}`);
      return [name, read(inner, `${at}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`)] as const;
    });
    return Object.fromEntries(entries);
  }

  #referred(reference: unknown, at: string, turns: readonly string[]): Part {
    if (typeof reference !== "string" || !/^#(\/|$)/.test(reference)) {
      throw new SchemaFault(`refers at ${at} to something that is not in it`);
    }
    // Deeper than anybody's settings, or round and round without getting anywhere.
    if (turns.filter((turn) => turn === reference).length >= MOST_TURNS) return {};
    return this.of(this.#at(reference, at), at, [...turns, reference]);
  }

  #at(reference: string, at: string): unknown {
    let value: unknown = this.#root;
    for (const word of reference.split("/").slice(1)) {
      const name = decoded(word);
      const isThere = (isTable(value) || Array.isArray(value)) && Object.hasOwn(value, name);
      if (!isThere) throw new SchemaFault(`refers at ${at} to ${JSON.stringify(reference)}, which is not in it`);
      value = (value as Tree)[name];
    }
    return value;
  }
}

function decoded(word: string): string {
  const plain = word.replaceAll("~1", "/").replaceAll("~0", "~");
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function areTypes(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 && value.every((each) => types.includes(each)) : types.includes(value);
}

function areTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}

function isPattern(value: unknown): boolean {
  return typeof value === "string" && value.length <= MOST_PATTERN_CHARACTERS;
}

// Values that a schema takes, as far as our document's schemas go; what the generator gets wrong, the judge notices.
import fc from "fast-check";
import type { ApiDocument, Schema } from "../document.ts";

/** Values worth trying where a member or a parameter of that name is wanted: what the collector knows. */
export type Known = Readonly<Record<string, readonly unknown[]>>;

type Members = { readonly [name: string]: unknown };

/** Beyond it everything is as small as it may be. */
const MOST_NESTING = 3;

export class Fitting {
  readonly #document: ApiDocument;
  readonly #known: Known;

  constructor(document: ApiDocument, known: Known) {
    this.#document = document;
    this.#known = known;
  }

  /** `name` is that of the member or the parameter. */
  of(schema: Schema, name = "", depth = 0): fc.Arbitrary<unknown> {
    const looked = this.#document.look(schema);
    if (typeof looked === "boolean") return depth > MOST_NESTING ? fc.constant(null) : anything();
    const known = this.#known[name]?.filter((value) => this.#document.misfit(schema, value) === null) ?? [];
    const examples = listOf(looked["examples"]).concat("example" in looked ? [looked["example"]] : []);
    const own = this.#plain(looked, depth);
    const choices: fc.WeightedArbitrary<unknown>[] = [{ arbitrary: own, weight: 2 }];
    if (known.length > 0) choices.push({ arbitrary: fc.constantFrom(...known), weight: 4 });
    if (examples.length > 0) choices.push({ arbitrary: fc.constantFrom(...examples), weight: 2 });
    return fc.oneof(...choices);
  }

  #plain(schema: Members, depth: number): fc.Arbitrary<unknown> {
    if ("const" in schema) return fc.constant(schema["const"]);
    if (Array.isArray(schema["enum"])) return fc.constantFrom(...(schema["enum"] as unknown[]));
    for (const word of ["anyOf", "oneOf"]) {
      const choices = listOf(schema[word]) as Schema[];
      const ends = choices.filter((each) => depth > MOST_NESTING && isEnd(this.#document.look(each)));
      const open = ends.length > 0 ? ends : choices;
      if (open.length > 0) return fc.oneof(...open.map((each) => this.of(each, "", depth + 1)));
    }
    if (Array.isArray(schema["allOf"])) return this.#merged(schema, depth);
    const types = Array.isArray(schema["type"]) ? (schema["type"] as unknown[]) : [schema["type"]];
    return fc.oneof(...types.map((type) => this.#typed(type, schema, depth)));
  }

  #typed(type: unknown, schema: Members, depth: number): fc.Arbitrary<unknown> {
    switch (type) {
      case "null":
        return fc.constant(null);
      case "boolean":
        return fc.boolean();
      case "integer":
        return fc.integer(rangeOf(schema, 1));
      case "number":
        return fc.double({ ...rangeOf(schema, 0), noNaN: true, noDefaultInfinity: true });
      case "string":
        return textOf(schema);
      case "array":
        return this.#array(schema, depth);
      case "object":
        return this.#object(schema, depth);
      default:
        return depth > MOST_NESTING ? fc.constant(null) : anything();
    }
  }

  #array(schema: Members, depth: number): fc.Arbitrary<unknown> {
    const minLength = numberAt(schema, "minItems") ?? 0;
    const most = Math.min(numberAt(schema, "maxItems") ?? 4, minLength + 4);
    const maxLength = depth > MOST_NESTING ? minLength : most;
    return fc.array(this.of((schema["items"] ?? true) as Schema, "", depth + 1), { minLength, maxLength });
  }

  #object(schema: Members, depth: number): fc.Arbitrary<unknown> {
    const required = new Set(listOf(schema["required"]));
    const model: Record<string, fc.Arbitrary<unknown>> = {};
    for (const [name, inner] of Object.entries((schema["properties"] ?? {}) as Record<string, Schema>)) {
      if (depth <= MOST_NESTING || required.has(name)) model[name] = this.of(inner, name, depth + 1);
    }
    const named = fc.record(model, { requiredKeys: Object.keys(model).filter((name) => required.has(name)) });
    const more = schema["additionalProperties"];
    if (more === undefined || more === false || depth > MOST_NESTING) return named;
    const names = (schema["propertyNames"] ?? { type: "string", minLength: 1, maxLength: 8 }) as Schema;
    const texts = this.of(names, "", depth + 1).map(String);
    const others = fc.dictionary(texts, this.of(more as Schema, "", depth + 1), { maxKeys: 3 });
    return fc.tuple(others, named).map(([some, certain]) => ({ ...some, ...certain }));
  }

  #merged(schema: Members, depth: number): fc.Arbitrary<unknown> {
    const parts = (listOf(schema["allOf"]) as Schema[]).map((each) => this.#document.look(each));
    const whole: Record<string, unknown> = { ...schema };
    delete whole["allOf"];
    for (const part of parts) {
      if (typeof part === "boolean") continue;
      const properties = { ...(whole["properties"] as object), ...(part["properties"] as object) };
      const required = [...listOf(whole["required"]), ...listOf(part["required"])];
      Object.assign(whole, part, { properties, required });
    }
    return this.#plain(whole, depth);
  }
}

/** Whether it holds nothing else. */
function isEnd(schema: Schema): boolean {
  return (
    typeof schema === "object" && ["null", "string", "number", "integer", "boolean"].includes(String(schema["type"]))
  );
}

/** Any JSON, small. */
export function anything(): fc.Arbitrary<unknown> {
  return fc.jsonValue({ maxDepth: 2 });
}

function textOf(schema: Members): fc.Arbitrary<string> {
  const minLength = numberAt(schema, "minLength") ?? 0;
  const maxLength = Math.min(numberAt(schema, "maxLength") ?? minLength + 24, minLength + 200);
  if (schema["format"] === "date-time") {
    const [min, max] = [new Date("2020-01-01T00:00:00Z"), new Date("2030-01-01T00:00:00Z")];
    return fc.date({ min, max, noInvalidDate: true }).map((date) => date.toISOString());
  }
  const free = fc.oneof(
    fc.string({ minLength, maxLength }),
    fc.string({ minLength, maxLength, unit: "grapheme" }),
    fc.stringMatching(/^[a-z][a-z0-9.-]{0,12}$/),
  );
  if (typeof schema["pattern"] !== "string") return free;
  try {
    return fc.stringMatching(new RegExp(schema["pattern"], "u"), { maxLength });
  } catch {
    return free;
  }
}

function rangeOf(schema: Members, step: 0 | 1): { min: number; max: number } {
  const low = numberAt(schema, "minimum") ?? (numberAt(schema, "exclusiveMinimum") ?? -1_000_000 - step) + step;
  const high = numberAt(schema, "maximum") ?? (numberAt(schema, "exclusiveMaximum") ?? 1_000_000 + step) - step;
  return low <= high ? { min: low, max: high } : { min: low, max: low };
}

function numberAt(schema: Members, name: string): number | undefined {
  const value = schema[name];
  return typeof value === "number" ? value : undefined;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

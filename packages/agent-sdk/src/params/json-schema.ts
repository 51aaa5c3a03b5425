// A JSON Schema written down as a literal, and the type of what it accepts.

type TypeName = "string" | "number" | "integer" | "boolean" | "null" | "array" | "object";

/** The part of JSON Schema whose types are inferred; further keywords are passed on and checked by the collector. */
export interface JsonSchema {
  readonly type?: TypeName | readonly TypeName[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly description?: string;
  readonly default?: unknown;
  readonly [keyword: string]: unknown;
}

/** What a schema accepts. */
export type Accepted<Schema> = Schema extends { readonly const: infer Only }
  ? Only
  : Schema extends { readonly enum: readonly (infer One)[] }
    ? One
    : Schema extends { readonly anyOf: readonly (infer One)[] } | { readonly oneOf: readonly (infer One)[] }
      ? Accepted<One>
      : Schema extends { readonly type: readonly (infer Name)[] }
        ? OfType<Name, Schema>
        : Schema extends { readonly type: infer Name }
          ? OfType<Name, Schema>
          : Schema extends { readonly properties: object }
            ? ObjectOf<Schema>
            : unknown;

type OfType<Name, Schema> = Name extends "string"
  ? string
  : Name extends "number" | "integer"
    ? number
    : Name extends "boolean"
      ? boolean
      : Name extends "null"
        ? null
        : Name extends "array"
          ? (Schema extends { readonly items: infer Item } ? Accepted<Item> : unknown)[]
          : Name extends "object"
            ? ObjectOf<Schema>
            : unknown;

type ObjectOf<Schema> = Schema extends { readonly properties: infer Properties }
  ? Flat<
      { [Key in keyof Properties as Key extends RequiredOf<Schema> ? Key : never]: Accepted<Properties[Key]> } & {
        [Key in keyof Properties as Key extends RequiredOf<Schema> ? never : Key]?: Accepted<Properties[Key]>;
      }
    >
  : Schema extends { readonly additionalProperties: infer Value }
    ? Record<string, Value extends object ? Accepted<Value> : unknown>
    : Record<string, unknown>;

type RequiredOf<Schema> = Schema extends { readonly required: readonly (infer Key)[] } ? Key : never;

/** Reads as one object in an editor. */
type Flat<Type> = { -readonly [Key in keyof Type]: Type[Key] };

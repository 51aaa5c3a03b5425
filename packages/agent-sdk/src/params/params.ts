import type { Accepted, JsonSchema } from "./json-schema.ts";
import type { OutputOf, StandardSchema } from "./standard-schema.ts";

/** A schema of the library of your choice, or a JSON Schema. */
export type Schema = StandardSchema | JsonSchema;

/** What a schema lets through; without one: anything. */
export type ParamsOf<Given> = Given extends StandardSchema
  ? OutputOf<Given>
  : Given extends JsonSchema
    ? Accepted<Given>
    : unknown;

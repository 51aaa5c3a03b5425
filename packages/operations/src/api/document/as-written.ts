import type { z } from "zod";

type Override = NonNullable<z.core.ToJSONSchemaParams["override"]>;

/** Puts into the document what stands beside a schema: its description, examples and format. */
export const asWritten: Override = ({ zodSchema, jsonSchema }) => {
  const { description, examples, format } = (zodSchema as z.core.$ZodType as z.ZodType).meta() ?? {};
  if (description !== undefined) jsonSchema.description = description;
  if (Array.isArray(examples)) jsonSchema.examples = examples as never;
  if (typeof format === "string") jsonSchema.format = format;
};

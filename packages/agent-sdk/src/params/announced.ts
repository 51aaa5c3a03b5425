import type { Schema } from "./params.ts";

/** How a schema is announced, so that callers and forms know it: as JSON Schema, where it is one or its library writes one. */
export function announced(schema: Schema | undefined): object {
  const written = schema === undefined ? undefined : jsonOf(schema);
  return written === undefined ? {} : { params_schema: written };
}

function jsonOf(schema: Schema): unknown {
  if (!("~standard" in schema)) return schema;
  const { jsonSchema } = schema["~standard"] as { jsonSchema?: { input?: (options: { target: string }) => unknown } };
  try {
    return jsonSchema?.input?.({ target: "draft-07" });
  } catch {
    // Not everything a library can check can be said in JSON Schema.
    return undefined;
  }
}

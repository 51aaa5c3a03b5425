// Params, checked before an action sees them.
import { CallError } from "../calls/call-error.ts";
import { faultIn } from "./fault.ts";
import type { Schema } from "./params.ts";
import type { StandardSchema } from "./standard-schema.ts";

/** What lets through what `schema` accepts, as it makes it, and throws `invalid-params` with the place for anything else. */
export function checkedBy(schema: Schema | undefined): (params: unknown) => unknown {
  if (schema === undefined) return (params) => params;
  if ("~standard" in schema) return (params) => bySchema(schema as StandardSchema, params);
  return (params) => {
    const fault = faultIn(params, schema, "params");
    if (fault !== null) throw new CallError("invalid-params", fault);
    return params;
  };
}

async function bySchema(schema: StandardSchema, params: unknown): Promise<unknown> {
  const result = await schema["~standard"].validate(params);
  if (result.issues === undefined) return result.value;
  const faults = result.issues.map(({ message, path = [] }) => {
    const keys = path.map((part) => String(typeof part === "object" ? part.key : part));
    return `${["params", ...keys].join(".")}: ${message}`;
  });
  throw new CallError("invalid-params", faults.join("; "));
}

import { isTable } from "../config/layer.ts";
import { isSecretReference } from "../config/secret-reference.ts";

/** What stands in the place of a value that others are not to read. */
export const HIDDEN = "(a secret)";

/** Settings as others may read them: what their schema calls `writeOnly` is left out, whoever wrote it down plainly. A reference
 *  holds nothing and stays. */
export function withoutSecrets(settings: Readonly<Record<string, unknown>>, schema: unknown): Record<string, unknown> {
  const { properties, additionalProperties: others } = tableOf(schema);
  const known = tableOf(properties);
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [
      key,
      readable(value, Object.hasOwn(known, key) ? known[key] : others),
    ]),
  );
}

function readable(value: unknown, schema: unknown): unknown {
  if (isSecretReference(value)) return value;
  const { writeOnly, items } = tableOf(schema);
  if (writeOnly === true) return HIDDEN;
  if (Array.isArray(value)) return value.map((each: unknown) => readable(each, items));
  return isTable(value) ? withoutSecrets(value, schema) : value;
}

const tableOf = (value: unknown): Readonly<Record<string, unknown>> => (isTable(value) ? value : {});

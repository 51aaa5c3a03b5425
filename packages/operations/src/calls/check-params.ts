import { findingsOf } from "../config/settings-schema/findings.ts";
import { foundValue } from "../config/found-value.ts";
import { allowedBy } from "../config/settings-schema/allowed.ts";
import type { Finding } from "../config/settings-schema/findings.ts";
import type { Tree } from "../config/layer.ts";

/** Params by the schema an action announced: the first fault with its place, or `null`. A schema that cannot be used says nothing. */
export function paramsFault(schema: object, params: unknown): string | null {
  if (typeof params !== "object" || params === null || Array.isArray(params)) {
    return `params must be an object; found ${foundValue(params)}`;
  }
  const checked = findingsOf(schema, params as Tree);
  const [finding] = checked.ok ? checked.findings : [];
  return finding === undefined ? null : sentenceOf(finding);
}

/** For people whose params do not fit: the names it takes, `?` behind those that may be left out; of a schema without names, nothing. */
export function takenBy(schema: object): string | undefined {
  const { properties, required } = schema as { properties?: unknown; required?: unknown };
  const names = Object.keys(Object(properties) as object);
  const isMust = (name: string) => Array.isArray(required) && required.includes(name);
  if (names.length === 0) return undefined;
  return `it takes ${names.map((name) => (isMust(name) ? name : `${name}?`)).join(", ")}`;
}

function sentenceOf({ keyword, instancePath, params, parentSchema, data }: Finding): string {
  const place = ["params", ...instancePath.split("/").slice(1).map(decoded)].join(".");
  const { missingProperty: missing, additionalProperty: extra } = params as Record<string, unknown>;
  if (keyword === "required") return `${place}.${String(missing)} is missing`;
  if (keyword === "additionalProperties") {
    const { properties = {} } = Object(parentSchema) as { properties?: object };
    const known = Object.keys(properties);
    return `${place}.${String(extra)} is nothing it knows; there is ${known.join(", ") || "nothing"}`;
  }
  return `${place} must be ${allowedBy(parentSchema)}; found ${foundValue(data)}`;
}

function decoded(word: string): string {
  return word.replaceAll("~1", "/").replaceAll("~0", "~");
}

// One line → one JSON object of sane depth, for both directions of the wire.
import { MAX_NESTING } from "./constants.ts";
import { isObject } from "./guard/checks.ts";
import { isTooDeep, SHORTEST_TOO_DEEP_BYTES } from "./nesting.ts";
import { readUtf8 } from "./utf8.ts";

export type ObjectRefusalCode = "invalid-utf8" | "not-json" | "not-object" | "too-deep";

export type ParsedObject =
  | { readonly ok: true; readonly object: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly code: ObjectRefusalCode; readonly message: string };

/** Reads a JSON object. Of duplicate keys the last counts; a key `__proto__` is a key like any other. */
export function parseObject(line: Uint8Array | string): ParsedObject {
  const text = typeof line === "string" ? line : readUtf8(line);
  if (text === null) return { ok: false, code: "invalid-utf8", message: "the line is not valid UTF-8" };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, code: "not-json", message: `the line is not JSON: ${reason}` };
  }
  if (text.length >= SHORTEST_TOO_DEEP_BYTES && isTooDeep(value)) {
    return { ok: false, code: "too-deep", message: `objects and arrays stand more than ${MAX_NESTING} deep` };
  }
  if (!isObject(value)) return { ok: false, code: "not-object", message: "the line is JSON but no object" };
  return { ok: true, object: value };
}

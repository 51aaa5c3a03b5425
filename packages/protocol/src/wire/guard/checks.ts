// The few tests all guards are made of. A guard answers with the path of the first faulty field, or null.
// JSON knows no NaN but `1e999` reads as Infinity, so numbers are checked to be finite.
import { isTimestampText } from "../timestamp.ts";

/** Path of the first field that is missing or not what JLP allows, such as `data.activity_signal.mode`. */
export type Fault = string | null;

/** Any of these keys, none checked yet. */
export type Candidate<Keys extends string> = { readonly [Key in Keys]?: unknown };

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isFilledText(value: unknown, maxLength: number = Infinity): value is string {
  return typeof value === "string" && value.length > 0 && value.length <= maxLength;
}

export function isTextOrAbsent(value: unknown): boolean {
  return value === undefined || typeof value === "string";
}

export function isFilledTextOrAbsent(value: unknown, maxLength?: number): boolean {
  return value === undefined || isFilledText(value, maxLength);
}

export function isBooleanOrAbsent(value: unknown): boolean {
  return value === undefined || typeof value === "boolean";
}

export function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

export function isPositiveOrAbsent(value: unknown): boolean {
  return value === undefined || (isNumber(value) && value > 0);
}

export function isWholeFrom(value: unknown, least: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= least;
}

export function isObjectOrAbsent(value: unknown): boolean {
  return value === undefined || isObject(value);
}

export function isTimestamp(value: unknown): value is string {
  return typeof value === "string" && isTimestampText(value);
}

export function isTextList(value: unknown): value is string[] {
  if (!Array.isArray(value)) return false;
  for (const item of value) if (typeof item !== "string") return false;
  return true;
}

export function matches(value: unknown, pattern: RegExp): value is string {
  return typeof value === "string" && pattern.test(value);
}

/** Membership in a closed word list, without the prototype surprises of an object lookup. */
export function isOneOf(value: unknown, words: readonly string[]): boolean {
  return typeof value === "string" && words.includes(value);
}

/** What all messages have in common. */
export function envelopeFault(
  { timestamp, agent_id: id, agent_label: label }: Candidate<"timestamp" | "agent_id" | "agent_label">,
  needsTimestamp: boolean,
): Fault {
  if (timestamp === undefined ? needsTimestamp : !isTimestamp(timestamp)) return "timestamp";
  if (!isTextOrAbsent(id)) return "agent_id";
  return isTextOrAbsent(label) ? null : "agent_label";
}

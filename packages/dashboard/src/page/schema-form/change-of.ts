import { type Draft, readEntered } from "./entered.ts";
import { emptyTable } from "./empty-table.ts";
import type { Field } from "./field.ts";

/** What a form would change. */
export interface FormChange {
  /** Only what is different, as tables; null takes something back. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Fields that are different, by key. */
  readonly changed: readonly string[];
  /** Why fields cannot be sent as they are, by key. */
  readonly faults: Readonly<Record<string, string>>;
}

/** Compares what was entered with what holds. */
export function changeOf(fields: readonly Field[], draft: Draft): FormChange {
  const values = emptyTable();
  const faults: Record<string, string> = {};
  const changed: string[] = [];
  for (const field of fields) {
    const entered = draft[field.key];
    if (entered === undefined || field.kind.is === "reference") continue;
    const read = readEntered(field, entered);
    if (!read.ok) {
      faults[field.key] = read.why;
      changed.push(field.key);
      continue;
    }
    // Nothing was said, and nothing is; or a switch that nobody set stands as it stood.
    if (isSame(read.value, field.value) || (field.value === undefined && isNothing(read.value))) continue;
    changed.push(field.key);
    put(values, field.path, read.value === undefined ? null : removalsIn(field.value, read.value));
  }
  return { values, changed, faults };
}

/** Tables are merged key by key where they arrive: what is to be gone from one has to be said. */
function removalsIn(before: unknown, after: unknown): unknown {
  if (!isPlain(before) || !isPlain(after)) return after;
  const merged = emptyTable();
  for (const key of Object.keys(before)) if (!Object.hasOwn(after, key)) merged[key] = null;
  for (const [key, value] of Object.entries(after)) {
    if (!isSame(before[key], value)) merged[key] = removalsIn(before[key], value);
  }
  return merged;
}

/** The field that a refusal is about, if it says so: `"at_least_bytes" in [plugins.notes] must be …`. */
export function refusedField(detail: string, fields: readonly Field[]): string | null {
  const named = /"([^"]+)" (?:in|of) (?:"[^"]*" of )?\[plugins\./.exec(detail)?.[1];
  if (named === undefined) return null;
  const whole = fields.find(({ key }) => key === named);
  return (whole ?? fields.find(({ key }) => named.startsWith(`${key}.`) || named.startsWith(`${key}[`)))?.key ?? null;
}

function put(values: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const last = path.at(-1);
  if (last === undefined) return;
  let at = values;
  for (const word of path.slice(0, -1)) {
    const below = at[word];
    const next = isPlain(below) ? below : emptyTable();
    at[word] = next;
    at = next;
  }
  at[last] = value;
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === false || (Array.isArray(value) && value.length === 0);
}

function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one) || Array.isArray(other)) {
    return (
      Array.isArray(one) &&
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((each, index) => isSame(each, other[index]))
    );
  }
  if (!isPlain(one) || !isPlain(other)) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && isSame(one[key], other[key]))
  );
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

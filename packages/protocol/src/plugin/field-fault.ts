// What is wrong with a manifest or an author's file, in words: the field, what is allowed, what was meant.
import { z } from "zod";
import { nearestName } from "../nearest-name.ts";
import { PluginAuthorFile, PluginManifest } from "./manifest.ts";

/** One fault. `path` leads to the field, list places as numbers. */
export interface FieldFault {
  readonly path: readonly (string | number)[];
  readonly code: "unknown-key" | "missing-key" | "invalid-value";
  /** A sentence that names the field, what is allowed and, if one is near, the right name. */
  readonly message: string;
}

type ReadTree<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly faults: readonly [FieldFault, ...FieldFault[]] };

/** Reads what `mimolo-plugin.json` says, as far as a schema can judge it. */
export function readManifestTree(tree: unknown): ReadTree<PluginManifest> {
  return readTree(PluginManifest, tree);
}

/** Reads what `plugin.toml` says, as far as a schema can judge it. */
export function readAuthorTree(tree: unknown): ReadTree<PluginAuthorFile> {
  return readTree(PluginAuthorFile, tree);
}

/** Nobody reads more at once. */
const MAX_FAULTS = 20;

function readTree<Schema extends z.ZodType>(schema: Schema, tree: unknown): ReadTree<z.output<Schema>> {
  const read = schema.safeParse(tree);
  if (read.success) return { ok: true, value: read.data };
  const issues = read.error.issues.slice(0, MAX_FAULTS);
  const [first, ...more] = issues.flatMap((issue) => faultsOf(schema, tree, issue));
  if (first === undefined) throw read.error;
  return { ok: false, faults: [first, ...more] };
}

function faultsOf(schema: z.ZodType, tree: unknown, issue: z.core.$ZodIssue): FieldFault[] {
  const path = issue.path.map((word) => (typeof word === "number" ? word : String(word)));
  const field = path.join(".");
  if (issue.code === "unrecognized_keys") {
    const allowed = keysAt(schema, path);
    return issue.keys.slice(0, MAX_FAULTS).map((key) => {
      const place = field === "" ? "" : ` in ${field}`;
      return {
        path: [...path, key],
        code: "unknown-key",
        message: `unknown key ${quoted(key)}${place}${meant(key, allowed)}`,
      };
    });
  }
  const value = valueAt(tree, path);
  if (issue.code === "invalid_value") {
    const allowed = issue.values.map(String);
    if (value === undefined) return [missing(path, `is missing; it must be one of ${allowed.join(", ")}`)];
    const found = typeof value === "string" ? `; found ${quoted(value)}${meant(value, allowed, false)}` : "";
    return [{ path, code: "invalid-value", message: `${field} must be one of ${allowed.join(", ")}${found}` }];
  }
  if (issue.code === "invalid_key" || issue.code === "invalid_element") {
    const reason = issue.issues[0]?.message ?? "is not allowed";
    return [{ path, code: "invalid-value", message: `${field}: the key ${reason}` }];
  }
  if (issue.code === "invalid_type" && value === undefined)
    return [missing(path, `is missing; it must be ${kindOf(issue)}`)];
  if (issue.code === "invalid_type")
    return [{ path, code: "invalid-value", message: `${field} must be ${kindOf(issue)}` }];
  if (issue.code === "invalid_union") {
    // Only settings are that free.
    const allowed = "text, a finite number, true or false, a list or a table; dates are written as text in quotes";
    return [{ path, code: "invalid-value", message: `${field} must be ${allowed}` }];
  }
  if (issue.message.startsWith("is missing")) return [missing(path, issue.message)];
  const found = typeof value === "string" ? ` (${quoted(value)})` : "";
  const own = sizeWords(issue) ?? issue.message;
  const words = /^(?:is|must|cannot) /.test(own) ? own : `is refused: ${own}`;
  return [{ path, code: "invalid-value", message: `${field}${found} ${words}` }];
}

/** A bound in our words; `null` of anything that is none. */
function sizeWords(issue: z.core.$ZodIssue): string | null {
  if (issue.code !== "too_big" && issue.code !== "too_small") return null;
  const big = issue.code === "too_big";
  const bound = big ? issue.maximum : issue.minimum;
  const unit = { string: "characters", array: "entries", set: "entries" }[issue.origin as string];
  if (!big && unit !== undefined && bound === 1) return "must not be empty";
  if (unit !== undefined) return `must have at ${big ? "most" : "least"} ${bound} ${unit}`;
  return issue.inclusive === false
    ? `must be ${big ? "less" : "more"} than ${bound}`
    : `must be at ${big ? "most" : "least"} ${bound}`;
}

function missing(path: FieldFault["path"], reason: string): FieldFault {
  return { path, code: "missing-key", message: `${path.join(".")} ${reason}` };
}

function meant(written: string, allowed: readonly string[], listing = true): string {
  const nearest = nearestName(written, allowed);
  if (nearest !== undefined) return `, did you mean ${quoted(nearest)}?`;
  return listing && allowed.length > 0 ? `; allowed: ${allowed.join(", ")}` : "";
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

function kindOf(issue: z.core.$ZodIssueInvalidType): string {
  const kinds: Readonly<Record<string, string>> = {
    string: "text",
    object: "a table",
    record: "a table",
    array: "a list",
    int: "a whole number",
    boolean: "true or false",
  };
  return kinds[issue.expected] ?? `a ${issue.expected}`;
}

function valueAt(tree: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, word) => (Object(value) === value ? Reflect.get(Object(value), word) : undefined),
    tree,
  );
}

/** The keys of the table that a path leads to. */
function keysAt(schema: z.core.$ZodType, path: readonly (string | number)[]): readonly string[] {
  const table = bare(schema);
  if (!(table instanceof z.ZodObject)) return [];
  const [word, ...rest] = path;
  if (word === undefined) return Object.keys(table.shape);
  const next: unknown = table.shape[word];
  if (!(next instanceof z.ZodType)) return [];
  const inner = bare(next);
  return inner instanceof z.ZodArray ? keysAt(inner.element, rest.slice(1)) : keysAt(inner, rest);
}

/** A schema without what may stand around it: optional, a default, a transform before or behind. */
function bare(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return bare(schema.def.innerType);
  if (!(schema instanceof z.ZodPipe)) return schema;
  return bare(schema.in instanceof z.ZodTransform ? schema.out : schema.in);
}

/** Every key the configuration knows, read from the schemas, for error messages, the command line and the documentation. */
import { z } from "zod";
import { AgentSection } from "./agent-schema.ts";
import { PrivacyRule, Rule } from "./rule-schema.ts";
import { ControlSection, MonitorSection, RegistrySection, TrustSection } from "./section-schema.ts";

export type KeyKind = "boolean" | "integer" | "number" | "text" | "list" | "table";

/** One key: what it is called, what it takes, what it means. */
export interface KeyDescription {
  /** `monitor.port`, `plugins.<label>.args`, `rules[].when.source`. */
  readonly key: string;
  /** `[monitor]`, `[plugins.<label>]`, `[[rules]]`. */
  readonly section: string;
  readonly kind: KeyKind;
  /** In words: `true or false`, `a number from 1 to 3600`. */
  readonly allowed: string;
  /** The only values, where there are only a few. */
  readonly choices?: readonly string[];
  /** Absent when there is none. */
  readonly default?: unknown;
  readonly required: boolean;
  /** One line for people. */
  readonly meaning: string;
  /** Another name that is read as this key. */
  readonly alias?: string;
  /** Whether the value, or each entry of the list, is a path, relative to the file that says it. */
  readonly path: boolean;
}

/** What `z.toJSONSchema` gives for one field, as far as it is read here. */
const FieldSchema = z.object({
  type: z.string().optional(),
  description: z.string().default(""),
  default: z.unknown().optional(),
  enum: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  required: z.array(z.string()).default([]),
  form: z.string().optional(),
  alias: z.string().optional(),
  path: z.boolean().default(false),
  get properties() {
    return z.record(z.string(), FieldSchema).default({});
  },
  get items() {
    return FieldSchema.optional();
  },
});
type FieldSchema = z.infer<typeof FieldSchema>;

/** The sections with the schemas behind them, in the order people read them. */
const sections: readonly { section: string; prefix: string; schema: z.ZodType }[] = [
  { section: "[monitor]", prefix: "monitor", schema: MonitorSection },
  { section: "[control]", prefix: "control", schema: ControlSection },
  { section: "[trust]", prefix: "trust", schema: TrustSection },
  { section: "[plugins.<label>]", prefix: "plugins.<label>", schema: AgentSection },
  { section: "[[rules]]", prefix: "rules[]", schema: Rule },
  { section: "[[privacy]]", prefix: "privacy[]", schema: PrivacyRule },
  { section: "[registry]", prefix: "registry", schema: RegistrySection },
];

let known: ReadonlyMap<string, KeyDescription> | undefined;

/** All keys, in the order of the sections and of the keys in them. */
export function describeKeys(): readonly KeyDescription[] {
  return [...descriptions().values()];
}

/** The key that a path in a configuration names; `undefined` for a plugin's own settings and for what is inside a value. */
export function describedAt(path: readonly (string | number)[]): KeyDescription | undefined {
  const [section, label, ...rest] = path;
  const words = section === "plugins" ? ["plugins", label === undefined ? label : "<label>", ...rest] : [...path];
  const text = words.reduce<string>((key, word) => {
    if (typeof word === "number") return `${key}[]`;
    return key === "" ? String(word) : `${key}.${word}`;
  }, "");
  return descriptions().get(text);
}

/** The keys of one section, told by the beginning of their full name, such as `monitor` or `rules[].when`. */
export function keyNamesIn(prefix: string): readonly string[] {
  const start = `${prefix}.`;
  return [...descriptions().keys()]
    .filter((key) => key.startsWith(start) && !key.slice(start.length).includes("."))
    .map((key) => key.slice(start.length));
}

function descriptions(): ReadonlyMap<string, KeyDescription> {
  known ??= new Map(
    sections
      .flatMap(({ section, prefix, schema }) =>
        describeFields(FieldSchema.parse(z.toJSONSchema(schema, { io: "input" })), section, prefix),
      )
      .map((description) => [description.key, description]),
  );
  return known;
}

function describeFields(schema: FieldSchema, section: string, prefix: string): KeyDescription[] {
  return Object.entries(schema.properties).flatMap(([name, field]) => {
    const key = `${prefix}.${name}`;
    const description: KeyDescription = {
      key,
      section,
      kind: kindOf(field),
      allowed: allowedValues(field),
      required: schema.required.includes(name),
      meaning: field.description,
      path: field.path || (field.items?.path ?? false),
      ...(field.enum !== undefined && { choices: field.enum }),
      ...(field.default !== undefined && { default: field.default }),
      ...(field.alias !== undefined && { alias: field.alias }),
    };
    return [description, ...describeFields(field, section, key)];
  });
}

function kindOf({ type }: FieldSchema): KeyKind {
  if (type === "boolean" || type === "integer" || type === "number") return type;
  if (type === "array") return "list";
  return type === "object" ? "table" : "text";
}

function allowedValues(field: FieldSchema): string {
  if (field.form !== undefined) return field.form;
  if (field.enum !== undefined) return `one of ${field.enum.map((choice) => `"${choice}"`).join(", ")}`;
  switch (kindOf(field)) {
    case "boolean":
      return "true or false";
    case "integer":
      return `a whole number ${range(field)}`;
    case "number":
      return `a number ${range(field)}`;
    case "list":
      return "a list of texts";
    case "table":
      return "a table";
    case "text":
      return "text in quotes";
  }
}

function range(field: FieldSchema): string {
  const to = field.maximum === undefined ? "" : ` to ${field.maximum}`;
  return field.exclusiveMinimum === undefined
    ? `from ${field.minimum ?? 0}${to}`
    : `above ${field.exclusiveMinimum}${to && `, up${to}`}`;
}

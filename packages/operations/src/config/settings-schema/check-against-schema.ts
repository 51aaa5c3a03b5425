/** What a plugin's schema says of an agent's settings, told as everything else that is wrong with a configuration. */
import type { ConfigErrorCode, ConfigProblem } from "../error.ts";
import { foundValue, repairOf } from "../found-value.ts";
import { problemAt } from "../issue.ts";
import { type ConfigLayer, type KeyPath, type Tree, isTable, keyText } from "../layer.ts";
import { nearestName } from "../nearest.ts";
import { secretsIn } from "../secret-reference.ts";
import { allowedBy, choicesOf, kindOf, quoted } from "./allowed.ts";
import { type Finding, findingsOf } from "./findings.ts";

/** Whose settings they are, and who set them. */
export interface SettingPlaces {
  readonly label: string;
  /** The layer that set this value, or the highest that says anything in or around it; absent for the plugin's own defaults. */
  layerOf(path: KeyPath): ConfigLayer | undefined;
  /** Names that would be right beside those of the schema. */
  readonly names?: readonly string[];
}

export interface SchemaCheck {
  /** What those who configure are to mend. */
  readonly problems: readonly ConfigProblem[];
  /** What is wrong with the schema, or with the plugin's own defaults by it; blocks nobody. */
  readonly fault: string | null;
}

/** Nobody reads more. */
const MOST_PROBLEMS = 20;

/** Checks settings, defaults among them; a secret counts as whatever is wanted in its place. Never throws, whatever the schema. */
export function checkAgainstSchema(schema: object, settings: Tree, places: SettingPlaces): SchemaCheck {
  const hidden = secretsIn(settings).map(({ path }) => path);
  const checked = findingsOf(
    schema,
    hidden.reduce<Tree>((tree, path) => withText(tree, path) as Tree, settings),
  );
  if (!checked.ok) return { problems: [], fault: `its schema ${checked.fault}` };
  const told = checked.findings
    .filter((finding) => !isPartOfAnother(finding, checked.findings))
    .map((finding) => ({ finding, path: pathOf(finding, settings) }))
    .filter(({ finding, path }) => !hidden.some((secret) => touches(finding, path, secret)));
  const problems: ConfigProblem[] = [];
  let fault: string | null = null;
  const seen = new Set<string>();
  for (const { finding, path } of told) {
    const layer = places.layerOf(path);
    const place = keyText(path);
    if (seen.has(place)) continue;
    seen.add(place);
    if (layer === undefined) fault ??= `its own default of ${place} is not what its schema allows`;
    else if (problems.length < MOST_PROBLEMS) problems.push(problemOf(finding, path, settings, layer, places));
  }
  return { problems, fault };
}

function problemOf(
  finding: Finding,
  path: KeyPath,
  settings: Tree,
  layer: ConfigLayer,
  { label, names = [] }: SettingPlaces,
): ConfigProblem {
  const section = `[plugins.${label}]`;
  const whole = ["plugins", label, ...path];
  const name = keyText(path);
  const schema: unknown = finding.parentSchema;
  if (finding.keyword === "additionalProperties" || finding.keyword === "unevaluatedProperties") {
    const known = [...propertiesOf(schema), ...(path.length === 1 ? names : [])];
    const nearest = nearestName(String(path.at(-1)), known);
    const allowed = propertiesOf(schema);
    const meant = nearest === undefined ? "" : `, did you mean "${nearest}"?`;
    const hint =
      nearest === undefined
        ? `allowed here: ${allowed.map(plainText).join(", ") || "nothing"}`
        : `rename it to ${nearest}`;
    const more = { allowed, hint, ...(nearest !== undefined && { nearest }) };
    const inside = path.length === 1 ? section : `"${keyText(path.slice(0, -1))}" of ${section}`;
    return problemAt(layer, whole, "unknown-key", `unknown key "${String(path.at(-1))}" in ${inside}${meant}`, more);
  }
  if (finding.keyword === "required" || finding.keyword === "dependencies") {
    const wanted = propertyOf(schema, String(path.at(-1)));
    const allowed = wanted === undefined ? "set" : allowedBy(wanted);
    const reason = `"${name}" in ${section} is missing; it must be ${allowed}`;
    return problemAt(layer, whole, "missing-key", reason, {
      allowed: [allowed],
      hint: `add ${name} = … to ${section}`,
    });
  }
  const value = valueAt(settings, path);
  const allowed = allowedBy(schema);
  const choices = choicesOf(schema)?.filter((choice) => typeof choice === "string");
  const nearest = choices !== undefined && typeof value === "string" ? nearestName(value, choices) : undefined;
  const meant = nearest === undefined ? "" : `, did you mean "${nearest}"?`;
  const must = wordsOf(finding, allowed);
  const subject = path.length === 0 ? section : `"${name}" in ${section}`;
  const repair = repairOf(name, kindOf(schema), value) ?? "correct it or leave it out";
  return problemAt(
    layer,
    whole,
    codeOf(finding, value),
    `${subject} must be ${must}; found ${foundValue(value)}${meant}`,
    {
      allowed: choices !== undefined && choices.length > 0 ? choices : [allowed],
      ...(nearest !== undefined && { nearest }),
      hint: nearest === undefined ? repair : `write ${name} = ${quoted(nearest)}`,
    },
  );
}

function wordsOf({ keyword, params }: Finding, allowed: string): string {
  if (keyword === "not") return "something else: its plugin excludes this";
  if (keyword === "propertyNames") return `without the key ${quoted(String(params["propertyName"]))}`;
  if (keyword === "contains") return "a list with at least one entry of another kind";
  if (keyword === "false schema") return "left out";
  return allowed;
}

function codeOf({ keyword }: Finding, value: unknown): ConfigErrorCode {
  if (keyword === "type") return "wrong-type";
  if (keyword === "enum" || keyword === "const") return typeof value === "string" ? "not-allowed" : "wrong-type";
  if (/^(minimum|maximum|exclusiveMinimum|exclusiveMaximum)$/.test(keyword)) return "out-of-range";
  return keyword === "false schema" ? "unknown-key" : "invalid-value";
}

/** What was found inside the branches of a choice is said by the choice; of a condition, by what it asked for. */
function isPartOfAnother({ schemaPath, keyword }: Finding, all: readonly Finding[]): boolean {
  if (keyword === "if") return true;
  return all.some((other) => {
    const isChoice = ["anyOf", "oneOf", "not", "contains", "propertyNames"].includes(other.keyword);
    return isChoice && other.schemaPath !== schemaPath && schemaPath.startsWith(`${other.schemaPath}/`);
  });
}

/** Where it is: for a key that is missing or too much, the key itself. */
function pathOf({ instancePath, keyword, params }: Finding, settings: Tree): KeyPath {
  let value: unknown = settings;
  const path: (string | number)[] = [];
  for (const word of instancePath.split("/").slice(1)) {
    const name = word.replaceAll("~1", "/").replaceAll("~0", "~");
    path.push(Array.isArray(value) ? Number(name) : name);
    value = isTable(value) || Array.isArray(value) ? (value as Tree)[name] : undefined;
  }
  const more: unknown =
    keyword === "additionalProperties" ? params["additionalProperty"] : (params["missingProperty"] as unknown);
  return typeof more === "string" ? [...path, more] : path;
}

/** Whether a finding is about a secret, or about a choice that the secret decides. */
function touches({ keyword }: Finding, path: KeyPath, secret: KeyPath): boolean {
  if (keyword === "additionalProperties" || keyword === "false schema") return false;
  const inside = secret.every((word, index) => path[index] === word);
  const around = path.every((word, index) => secret[index] === word);
  return inside || (around && ["anyOf", "oneOf", "not"].includes(keyword));
}

function withText(value: unknown, [word, ...rest]: KeyPath): unknown {
  if (word === undefined) return "a secret";
  if (Array.isArray(value)) return value.map((entry, index) => (index === word ? withText(entry, rest) : entry));
  if (!isTable(value)) return value;
  return { ...value, [String(word)]: withText(value[String(word)], rest) };
}

function valueAt(settings: unknown, path: KeyPath): unknown {
  return path.reduce<unknown>((value, word) => {
    if (Array.isArray(value)) return value[Number(word)];
    return isTable(value) && Object.hasOwn(value, word) ? value[String(word)] : undefined;
  }, settings);
}

function propertiesOf(schema: unknown): string[] {
  const properties = isTable(schema) ? schema["properties"] : undefined;
  return isTable(properties) ? Object.keys(properties) : [];
}

function propertyOf(schema: unknown, name: string): unknown {
  const properties = isTable(schema) ? schema["properties"] : undefined;
  return isTable(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined;
}

/** The author's words, harmless. */
function plainText(name: string): string {
  return quoted(name).slice(1, -1);
}

/** What a schema found, in words that name the place, the key, what is allowed and what was meant. */
import type { z } from "zod";
import { type KeyDescription, type KeyKind, describeKeys, describedAt, keyNamesIn } from "./describe.ts";
import type { ConfigErrorCode, ConfigProblem } from "./error.ts";
import { foundValue, repairOf } from "./found-value.ts";
import { type ConfigLayer, type KeyPath, isTable, keyText, placeText } from "./layer.ts";
import { nearestName } from "./nearest.ts";

/** Of one table; nobody reads more, and a wrong list may have thousands. */
const maxProblems = 20;

/** Builds a problem of this layer: place and key are filled in. */
export function problemAt(
  layer: ConfigLayer,
  path: KeyPath,
  code: ConfigErrorCode,
  reason: string,
  more: Pick<ConfigProblem, "allowed" | "nearest" | "hint"> = {},
): ConfigProblem {
  const known = Object.entries(more).filter(([, value]) => value !== undefined);
  return {
    code,
    message: `${placeText(layer, path)}: ${reason}`,
    file: layer.from,
    ...layer.place(path),
    ...(path.length > 0 && { key: keyText(path) }),
    ...Object.fromEntries(known),
  };
}

/** The problems that a schema found below `path`. */
export function problemsOf(layer: ConfigLayer, path: KeyPath, issues: readonly z.core.$ZodIssue[]): ConfigProblem[] {
  return issues.slice(0, maxProblems).flatMap((issue) => {
    const at: KeyPath = [...path, ...issue.path.map((word) => (typeof word === "number" ? word : String(word)))];
    if (issue.code === "unrecognized_keys") return issue.keys.map((name) => unknownKey(layer, at, name));
    return [wrongValue(layer, at, issue)];
  });
}

/** A key that a section does not have. */
function unknownKey(layer: ConfigLayer, section: KeyPath, name: string): ConfigProblem {
  const prefix = section.reduce<string>((text, word) => {
    if (typeof word === "number") return `${text}[]`;
    return text === "" ? word : `${text}.${word}`;
  }, "");
  const allowed = keyNamesIn(prefix);
  const nearest = nearestName(name, allowed);
  const path = [...section, name];
  const unknown = `unknown key "${name}" in ${sectionTitle(section)}`;
  if (nearest !== undefined) {
    const hint = `rename it to ${nearest}`;
    return problemAt(layer, path, "unknown-key", `${unknown}, did you mean "${nearest}"?`, { allowed, nearest, hint });
  }
  const elsewhere = describeKeys().find(({ key }) => key.endsWith(`.${name}`) && !key.includes("[]"));
  if (elsewhere !== undefined) {
    const hint = `move it to ${elsewhere.section}`;
    return problemAt(layer, path, "unknown-key", `${unknown}, it belongs in ${elsewhere.section}`, { allowed, hint });
  }
  return problemAt(layer, path, "unknown-key", unknown, { allowed, hint: `allowed here: ${allowed.join(", ")}` });
}

/** `[monitor]`, `[plugins.load]`, `[[rules]]`. */
function sectionTitle(path: KeyPath): string {
  const [first, second] = path;
  if (typeof second === "number") {
    const inner = path.slice(2);
    return inner.length === 0 ? `[[${first}]]` : `"${keyText(inner)}" of [[${first}]]`;
  }
  return `[${keyText(path)}]`;
}

function wrongValue(layer: ConfigLayer, path: KeyPath, issue: z.core.$ZodIssue): ConfigProblem {
  const value = valueAt(layer.tree, path);
  const known = describedAt(path);
  // The table that holds the key: [monitor], [plugins.load], an entry of [[rules]].
  const holder = path[0] === "plugins" || typeof path[1] === "number" ? 2 : 1;
  const name = keyText(path.slice(holder));
  const title = sectionTitle(path.slice(0, holder));
  if (name === "" && issue.code === "custom") {
    const hint = String(issue.params?.["hint"] ?? "correct this entry");
    return problemAt(layer, path, "invalid-value", `${title} ${issue.message}`, { hint });
  }
  const subject = name === "" ? title : `"${name}" in ${title}`;
  // What has a language of its own says itself what is wrong.
  if (issue.code === "custom" && typeof issue.params?.["fault"] === "string") {
    const hint = String(issue.params["hint"] ?? "correct this value");
    return problemAt(layer, path, "invalid-value", `${subject}: ${issue.params["fault"]}`, { hint });
  }
  const allowed = known?.allowed ?? expectedText(issue);
  if (value === undefined) {
    const reason = `${subject} is missing; it must be ${allowed}`;
    return problemAt(layer, path, "missing-key", reason, { allowed: [allowed], hint: `add ${name} = … to ${title}` });
  }
  const choices = known?.choices;
  const nearest = choices !== undefined && typeof value === "string" ? nearestName(value, choices) : undefined;
  const meant = nearest === undefined ? "" : `, did you mean "${nearest}"?`;
  const reason = `${subject} must be ${allowed}; found ${foundValue(value)}${meant}`;
  return problemAt(layer, path, codeOf(issue, value), reason, {
    allowed: choices ?? [allowed],
    ...(nearest && { nearest }),
    hint:
      nearest === undefined
        ? (repairOf(name, kindAt(path, issue), value) ?? retreat(known))
        : `write ${name} = "${nearest}"`,
  });
}

/** The type wanted at a path; what is inside lists and tables of texts is text. */
function kindAt(path: KeyPath, issue: z.core.$ZodIssue): KeyKind | undefined {
  if (describedAt(path)?.choices !== undefined) return undefined;
  const isText = issue.code === "invalid_type" && issue.expected === "string";
  return describedAt(path)?.kind ?? (isText ? "text" : undefined);
}

function retreat(known: KeyDescription | undefined): string {
  if (known === undefined || known.required) return "correct this value";
  const { default: value } = known;
  return value === undefined ? "correct it or leave it out" : `leave it out for the default, ${JSON.stringify(value)}`;
}

function codeOf(issue: z.core.$ZodIssue, value: unknown): ConfigErrorCode {
  if (issue.code === "invalid_type") {
    // NaN and infinities are numbers that no range holds.
    return typeof value === "number" && !Number.isFinite(value) ? "out-of-range" : "wrong-type";
  }
  if (issue.code === "too_small" || issue.code === "too_big")
    return typeof value === "number" ? "out-of-range" : "invalid-value";
  if (issue.code === "invalid_value") return typeof value === "string" ? "not-allowed" : "wrong-type";
  return "invalid-value";
}

/** For what is inside a list or a table, which has no description of its own. */
function expectedText(issue: z.core.$ZodIssue): string {
  if (issue.code !== "invalid_type") return "valid text";
  if (issue.expected === "string") return "text in quotes";
  if (issue.expected === "object" || issue.expected === "record") return "a table";
  return issue.expected === "array" ? "a list" : `a ${issue.expected}`;
}

function valueAt(tree: unknown, path: KeyPath): unknown {
  return path.reduce<unknown>((value, word) => {
    if (Array.isArray(value) && typeof word === "number") return value[word];
    return isTable(value) && Object.hasOwn(value, word) ? value[String(word)] : undefined;
  }, tree);
}

/** What a schema found, in words that name the place, the key, what is allowed and what was meant. */
import type { z } from "zod";
import { type KeyDescription, describeKeys, describedAt, keyNamesIn } from "./describe.ts";
import type { ConfigErrorCode, ConfigProblem } from "./error.ts";
import { durationHint, foundValue, unquotedHint } from "./found-value.ts";
import { type ConfigLayer, type KeyPath, isTable, keyText, placeText } from "./layer.ts";
import { nearestName } from "./nearest.ts";

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
  return issues.flatMap((issue) => {
    const at: KeyPath = [...path, ...issue.path.map((word) => (typeof word === "number" ? word : String(word)))];
    if (issue.code === "unrecognized_keys") return issue.keys.map((name) => unknownKey(layer, at, name));
    return [wrongValue(layer, at, issue)];
  });
}

/** A key that a section does not have. */
export function unknownKey(layer: ConfigLayer, section: KeyPath, name: string): ConfigProblem {
  const prefix = section.reduce<string>((text, word) => {
    if (typeof word === "number") return `${text}[]`;
    return text === "" ? word : `${text}.${word}`;
  }, "");
  const allowed = keyNamesIn(prefix);
  const nearest = nearestName(name, allowed);
  const elsewhere = describeKeys().filter(({ key }) => key.endsWith(`.${name}`) && !key.includes("[]"));
  const suggestion = nearest === undefined ? elsewhereText(elsewhere) : `, did you mean "${nearest}"?`;
  const hint =
    nearest === undefined && elsewhere[0] !== undefined
      ? `move it to ${elsewhere[0].section}`
      : nearest === undefined
        ? `allowed here: ${allowed.join(", ")}`
        : `rename it to ${nearest}`;
  const reason = `unknown key "${name}" in ${sectionTitle(section)}${suggestion}`;
  return problemAt(layer, [...section, name], "unknown-key", reason, { allowed, ...(nearest && { nearest }), hint });
}

/** `[monitor]`, `[plugins.load]`, `[[rules]]`. */
export function sectionTitle(path: KeyPath): string {
  const [first, second] = path;
  if (typeof second === "number") {
    const inner = path.slice(2);
    return inner.length === 0 ? `[[${first}]]` : `"${keyText(inner)}" of [[${first}]]`;
  }
  return `[${keyText(path)}]`;
}

function elsewhereText(elsewhere: readonly KeyDescription[]): string {
  return elsewhere[0] === undefined ? "" : `, it belongs in ${elsewhere[0].section}`;
}

function wrongValue(layer: ConfigLayer, path: KeyPath, issue: z.core.$ZodIssue): ConfigProblem {
  const value = valueAt(layer.tree, path);
  const known = describedAt(path);
  const ownerLength = path[0] === "monitor" || typeof path[1] !== "number" ? (path[0] === "plugins" ? 2 : 1) : 2;
  const name = keyText(path.slice(ownerLength));
  const subject = name === "" ? sectionTitle(path) : `"${name}" in ${sectionTitle(path.slice(0, ownerLength))}`;
  if (issue.code === "custom" && known === undefined) {
    return problemAt(layer, path, "invalid-value", `${subject} ${issue.message}`);
  }
  const allowed = known?.allowed ?? expectedText(issue);
  if (value === undefined) {
    return problemAt(layer, path, "missing-key", `${subject} is missing; it must be ${allowed}`, {
      allowed: [allowed],
    });
  }
  const nearest =
    known?.choices === undefined || typeof value !== "string" ? undefined : nearestName(value, known.choices);
  const meant = nearest === undefined ? "" : `, did you mean "${nearest}"?`;
  const hint =
    nearest === undefined
      ? (durationHint(name, value) ?? unquotedHint(name, known?.kind, value))
      : `write ${name} = "${nearest}"`;
  const reason = `${subject} must be ${allowed}; found ${foundValue(value)}${meant}`;
  return problemAt(layer, path, codeOf(issue, value), reason, {
    allowed: known?.choices ?? [allowed],
    ...(nearest && { nearest }),
    ...(hint && { hint }),
  });
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

/** `MIMOLO_<SECTION>__<KEY>` and `MIMOLO_PLUGINS__<LABEL>__<KEY>` as a layer of configuration. */
import { parse } from "smol-toml";
import { type KeyKind, describedAt, keyNamesIn } from "./describe.ts";
import type { ConfigNotice } from "./error.ts";
import { environmentLabel } from "./labels.ts";
import { type ConfigLayer, type KeyPath, type Tree, isTable, placeKey } from "./layer.ts";
import { nearestName } from "./nearest.ts";
import { plainTree } from "./plain-tree.ts";

const prefix = "MIMOLO_";
const plainSections: readonly string[] = ["monitor", "control", "trust", "registry"];

export interface EnvironmentReading {
  readonly layer: ConfigLayer;
  /** Variables that name nothing. */
  readonly notices: readonly ConfigNotice[];
  /** Those of agents that nobody configured so far. */
  readonly unclaimed: Readonly<Record<string, string>>;
}

/** Reads the variables. `labels` are the agents that files configure or that are built in; a variable for another label
 *  counts only when the environment also says what that agent runs (`…__PLUGIN` or `…__EXECUTABLE`). */
export function readEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  options: { labels: readonly string[]; folder: string },
): EnvironmentReading {
  const tree: Tree = {};
  const variables = new Map<string, string>();
  const notices: ConfigNotice[] = [];
  const unclaimed: Record<string, string> = {};
  for (const [variable, value] of Object.entries(env)) {
    if (value === undefined || !variable.startsWith(prefix) || !variable.includes("__")) continue;
    const target = targetOf(variable, env, options.labels);
    if ("unknown" in target) {
      if (variable.startsWith(`${prefix}PLUGINS__`)) unclaimed[variable] = value;
      notices.push({
        message: `environment ${variable} is ignored: ${target.unknown}`,
        file: "environment",
        key: variable,
      });
      continue;
    }
    setIn(tree, target.path, convert(value, describedAt(target.path)?.kind ?? ownKind(target.path)));
    variables.set(placeKey(target.path), variable);
  }
  const layer: ConfigLayer = {
    source: "environment",
    from: "environment",
    title: "environment",
    folder: options.folder,
    found: false,
    tree: plainTree(tree).tree,
    place: () => undefined,
    variable: (path) => nearestVariable(variables, path),
  };
  return { layer, notices, unclaimed };
}

type Target = { readonly path: KeyPath } | { readonly unknown: string };

function targetOf(
  variable: string,
  env: Readonly<Record<string, string | undefined>>,
  labels: readonly string[],
): Target {
  const [section = "", ...words] = variable.slice(prefix.length).split("__");
  if (words.some((word) => word === "")) return { unknown: "not of the form MIMOLO_<SECTION>__<KEY>" };
  if (section === "PLUGINS") return agentTarget(words.join("__"), env, labels);
  const name = section.toLowerCase();
  if (!plainSections.includes(name) || section !== section.toUpperCase()) return { unknown: "no such section" };
  const key = words.join("__").toLowerCase();
  const path = [name, key];
  if (describedAt(path) !== undefined || (name === "monitor" && key === "plugin_cpu_budget_percent")) return { path };
  const nearest = nearestName(key, keyNamesIn(name));
  const meant = nearest === undefined ? "" : `, did you mean ${prefix}${section}__${nearest.toUpperCase()}?`;
  return { unknown: `no such key in [${name}]${meant}` };
}

function agentTarget(
  rest: string,
  env: Readonly<Record<string, string | undefined>>,
  labels: readonly string[],
): Target {
  // Labels may hold `__` themselves, so the longest that fits is meant.
  const label = labels
    .filter((one) => rest.startsWith(`${environmentLabel(one)}__`))
    .toSorted((one, other) => other.length - one.length)[0];
  const [head = "", ...others] = rest.split("__");
  if (label === undefined) {
    const start = `${prefix}PLUGINS__${head}__`;
    const isWhole = env[`${start}PLUGIN`] !== undefined || env[`${start}EXECUTABLE`] !== undefined;
    if (!isWhole || others.length === 0) return { unknown: "no agent has this label" };
  }
  const words = label === undefined ? others : rest.slice(environmentLabel(label).length + 2).split("__");
  const [key = "", ...inner] = words;
  const name = key.toLowerCase();
  // Names of an agent's own environment keep their case, settings are written in lower case.
  const nested = name === "env" ? inner : inner.map((word) => word.toLowerCase());
  return { path: ["plugins", label ?? head.toLowerCase(), name, ...nested] };
}

/** What is inside `env` is text; a plugin's own settings are what they look like. */
function ownKind(path: KeyPath): KeyKind | undefined {
  return path[2] === "env" ? "text" : undefined;
}

/** Text as the type of its key. What does not fit stays text, and the schema says so. */
function convert(text: string, kind: KeyKind | undefined): unknown {
  const trimmed = text.trim();
  switch (kind) {
    case "text":
      return text;
    case "boolean":
      if (/^(true|1|yes|on)$/i.test(trimmed)) return true;
      return /^(false|0|no|off)$/i.test(trimmed) ? false : text;
    case "integer":
    case "number":
      return trimmed !== "" && Number.isFinite(Number(trimmed)) ? Number(trimmed) : text;
    case "list":
      return trimmed.startsWith("[")
        ? tomlValue(trimmed)
        : trimmed
            .split(",")
            .map((word) => word.trim())
            .filter(Boolean);
    case "table":
    case undefined:
      return tomlValue(trimmed, text);
  }
}

function tomlValue(text: string, otherwise = text): unknown {
  if (text.includes("\n")) return otherwise;
  try {
    const { value } = plainTree(parse(`value = ${text}`)).tree;
    return typeof value === "string" && !/^["']/.test(text) ? otherwise : value;
  } catch {
    return otherwise;
  }
}

function setIn(tree: Tree, path: KeyPath, value: unknown): void {
  let table = tree;
  for (const word of path.slice(0, -1)) {
    const inner = Object.hasOwn(table, word) ? table[String(word)] : undefined;
    const next: Tree = isTable(inner) ? inner : {};
    define(table, String(word), next);
    table = next;
  }
  define(table, String(path.at(-1)), value);
}

/** Like an assignment, without the setter that `__proto__` would call. */
function define(table: Tree, name: string, value: unknown): void {
  Object.defineProperty(table, name, { value, enumerable: true, configurable: true, writable: true });
}

function nearestVariable(variables: ReadonlyMap<string, string>, path: KeyPath): string | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const variable = variables.get(placeKey(path.slice(0, length)));
    if (variable !== undefined) return variable;
  }
  return undefined;
}

/** Layers into one configuration, keeping in mind where every value came from. */
import { type ConfigLayer, type ConfigSource, type KeyPath, type Tree, isTable, keyText } from "./layer.ts";
import { isOwnSetting, isSecretReference } from "./secret-reference.ts";

/** Who set a value. `line` is absent for what no file says. */
export interface Origin {
  readonly source: ConfigSource;
  /** Absolute path of the file, `environment`, `command line` or `default`. */
  readonly from: string;
  readonly line?: number;
}

export interface Merged {
  readonly tree: Tree;
  /** By dotted key, for the value itself and not for the tables around it. */
  readonly origins: Map<string, Origin>;
}

/** Later layers win, table by table and key by key; lists are replaced whole, but `[[rules]]` are joined by name and
 *  `[[privacy]]` only grows, so that no later file can lift what an earlier one protects. */
export function mergeLayers(layers: readonly ConfigLayer[]): Merged {
  const tree: Tree = {};
  const origins = new Map<string, Origin>();
  for (const layer of layers) mergeInto({ tree, origins }, layer);
  return { tree, origins };
}

/** Lays one more layer over what was merged, in place. */
export function mergeInto({ tree, origins }: Merged, layer: ConfigLayer): void {
  for (const [name, value] of Object.entries(layer.tree)) {
    if (name === "rules") joinRules(tree, layer, value, origins);
    else if (name === "privacy") joinPrivacy(tree, layer, value, origins);
    else mergeValue(tree, layer, [name], value, origins);
  }
}

/** Where a value of this layer comes from. */
export function originOf(layer: ConfigLayer, path: KeyPath): Origin {
  const line = layer.place(path)?.line;
  const variable = layer.variable?.(path);
  const from = variable === undefined ? layer.from : `${layer.from} ${variable}`;
  return { source: layer.source, from, ...(line !== undefined && { line }) };
}

function mergeValue(into: Tree, layer: ConfigLayer, path: KeyPath, value: unknown, origins: Map<string, Origin>): void {
  const name = String(path.at(-1));
  const before = Object.hasOwn(into, name) ? into[name] : undefined;
  if (before !== undefined && isJoined(before, path) !== isJoined(value, path)) forget(origins, path);
  if (!isJoined(value, path)) {
    into[name] = value;
    origins.set(keyText(path), originOf(layer, path));
    return;
  }
  if (path.length === 2 && path[0] === "plugins") dropOtherLaunch(before, value, path, origins);
  const table: Tree = isJoined(before, path) ? before : {};
  into[name] = table;
  for (const [inner, innerValue] of Object.entries(value))
    mergeValue(table, layer, [...path, inner], innerValue, origins);
}

/** A table, and not one that stands for a single value: half of one reference and half of another would be none. */
function isJoined(value: unknown, path: KeyPath): value is Tree {
  return isTable(value) && !(isOwnSetting(path) && isSecretReference(value));
}

/** An agent runs a plugin or an executable: a layer that names one takes back the other of the layers below. */
function dropOtherLaunch(before: unknown, value: Tree, path: KeyPath, origins: Map<string, Origin>): void {
  if (!isTable(before)) return;
  const takesPlugin = Object.hasOwn(value, "plugin") && !Object.hasOwn(value, "executable");
  const takesExecutable = Object.hasOwn(value, "executable") && !Object.hasOwn(value, "plugin");
  const dropped = takesExecutable ? ["plugin"] : [];
  if (takesPlugin && Object.hasOwn(before, "executable")) dropped.push("executable", "args");
  for (const key of dropped) {
    delete before[key];
    forget(origins, [...path, key]);
  }
}

function joinRules(into: Tree, layer: ConfigLayer, value: unknown, origins: Map<string, Origin>): void {
  const rules = new Map<unknown, unknown>(listAt(into, "rules").map((rule) => [ruleName(rule), rule]));
  for (const [index, rule] of asList(value).entries()) {
    rules.set(ruleName(rule), rule);
    origins.set(keyText(["rules", String(ruleName(rule))]), originOf(layer, ["rules", index]));
  }
  into["rules"] = [...rules.values()];
}

function joinPrivacy(into: Tree, layer: ConfigLayer, value: unknown, origins: Map<string, Origin>): void {
  const before = listAt(into, "privacy");
  const taken = new Set(before.map(ruleName));
  const added = asList(value).map((rule, index) => {
    const wished = ruleName(rule) ?? `privacy-${before.length + index + 1}`;
    let name = wished;
    for (let count = 2; taken.has(name); count += 1) name = `${wished}-${count}`;
    taken.add(name);
    origins.set(keyText(["privacy", name]), originOf(layer, ["privacy", index]));
    return { ...(isTable(rule) ? rule : {}), name };
  });
  into["privacy"] = [...before, ...added];
}

function ruleName(rule: unknown): string | undefined {
  const name = isTable(rule) ? rule["name"] : undefined;
  return typeof name === "string" ? name : undefined;
}

function listAt(tree: Tree, name: string): unknown[] {
  return asList(tree[name]);
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Forgets who set a value and everything that was inside it. */
function forget(origins: Map<string, Origin>, path: KeyPath): void {
  const key = keyText(path);
  for (const known of origins.keys()) {
    if (known === key || known.startsWith(`${key}.`) || known.startsWith(`${key}[`)) origins.delete(known);
  }
}

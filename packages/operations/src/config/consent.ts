/** What a file merely found in a folder asks for and may not have by itself. */
import { agentKeys } from "./agent-schema.ts";
import { describedAt } from "./describe.ts";
import type { ConfigProblem } from "./error.ts";
import { problemAt } from "./issue.ts";
import { type ConfigLayer, type KeyPath, isTable, keyText } from "./layer.ts";
import { leadsOutOf } from "./path-value.ts";

/** Keys that decide what runs and with what. */
const launchKeys: readonly string[] = ["executable", "args", "env", "cwd"];

/** Every key of the layer that needs the consent of whoever starts the collector: what is run, how it is reached, a lifted
 *  sandbox, grants without asking, paths that lead out of the folder. Empty for layers that were not merely found. */
export function consentProblems(layer: ConfigLayer): ConfigProblem[] {
  if (!layer.found) return [];
  const asked: { path: KeyPath; what: string }[] = [];
  const ask = (path: KeyPath, what: string) => asked.push({ path, what });
  for (const section of ["control", "fleet"]) {
    const value = layer.tree[section];
    if (isTable(value)) for (const name of Object.keys(value)) ask([section, name], `[${section}]`);
    else if (value !== undefined) ask([section], `[${section}]`);
  }
  if (isTable(layer.tree["trust"]) && layer.tree["trust"]["auto_grant_low"] === true) {
    ask(["trust", "auto_grant_low"], "auto_grant_low = true");
  }
  for (const [label, agent] of tableEntries(layer.tree["plugins"])) {
    for (const [name, value] of tableEntries(agent)) {
      const path = ["plugins", label, name];
      if (launchKeys.includes(name)) ask(path, name);
      else if (name === "sandbox" && value === "off") ask(path, 'sandbox = "off"');
      else if (!agentKeys.has(name))
        for (const out of pathsOut(layer, value, path)) ask(out, "a path outside its folder");
    }
  }
  for (const section of ["monitor", "registry"]) {
    for (const [name, value] of tableEntries(layer.tree[section])) {
      const path = [section, name];
      if (describedAt(path)?.path)
        for (const out of pathsOut(layer, value, path)) ask(out, "a path outside its folder");
    }
  }
  return asked.map(({ path, what }) => needsConsent(layer, path, what));
}

function needsConsent(layer: ConfigLayer, path: KeyPath, what: string): ConfigProblem {
  const reason = `"${keyText(path)}": a file that was only found here may not set ${what} before you agree`;
  const hint = `read ${layer.title}, then agree with: mimolo run --config ${layer.title}`;
  return problemAt(layer, path, "needs-consent", reason, { hint });
}

/** The texts in a value, however deep, that lead out of the file's folder. */
function pathsOut(layer: ConfigLayer, value: unknown, path: KeyPath): KeyPath[] {
  if (typeof value === "string") return leadsOutOf(layer.folder, value) ? [path] : [];
  if (Array.isArray(value)) return value.flatMap((entry: unknown, index) => pathsOut(layer, entry, [...path, index]));
  return tableEntries(value).flatMap(([name, inner]) => pathsOut(layer, inner, [...path, name]));
}

function tableEntries(value: unknown): [string, unknown][] {
  return isTable(value) ? Object.entries(value) : [];
}

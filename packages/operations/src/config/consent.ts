/** What a file merely found in a folder asks for and may not have by itself. */
import { realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { agentKeys } from "./agent-schema.ts";
import { describedAt } from "./describe.ts";
import type { ConfigProblem } from "./error.ts";
import { problemAt } from "./issue.ts";
import { type ConfigLayer, type KeyPath, isTable, keyText } from "./layer.ts";
import { leadsOutOf } from "./path-value.ts";
import { secretsIn } from "./secret-reference.ts";

/** Keys that decide what runs and with what. */
const launchKeys: readonly string[] = ["executable", "args", "env", "cwd"];

/** A file that was merely found in a folder and asks for what only its owner may decide. */
export interface FoundFile {
  /** As `consentPath` says. */
  readonly path: string;
  /** Of the bytes that were read, in hex. */
  readonly sha256: string;
}

/** Whether someone agreed to exactly these bytes in this place; `"changed"`: to others, before. */
export type Consent = (file: FoundFile) => boolean | "changed";

export interface AskedConsent {
  readonly consent: boolean | "notice" | Consent;
  /** The command that agrees to what lies in a folder. */
  allow(folder: string): string;
}

/** What the layer asks for and may not have: every key that needs the consent of whoever starts the collector, which is what
 *  is run, how it is reached, a lifted sandbox, grants without asking, paths that lead out of the folder. Empty with consent,
 *  and for layers that were not merely found. */
export function withoutConsent(layer: ConfigLayer, { consent, allow }: AskedConsent): ConfigProblem[] {
  if (consent === true) return [];
  const asked = consentNeeded(layer);
  if (asked.length === 0) return [];
  const place = consentPath(layer.from);
  const given = typeof consent === "function" && consent({ path: place, sha256: layer.sha256 ?? "" });
  if (given === true) return [];
  const agree = given === "changed" ? "it was changed since you agreed; read" : "read";
  const hint = `${agree} ${layer.title}, then agree with: ${allow(dirname(place))}`;
  return asked.map(({ path, what }) => {
    const reason = `"${keyText(path)}": a file that was only found here may not set ${what} before you agree`;
    return problemAt(layer, path, "needs-consent", reason, { hint });
  });
}

function consentNeeded(layer: ConfigLayer): { path: KeyPath; what: string }[] {
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
      else if (!agentKeys.has(name)) {
        const secrets = secretsIn(value, path).map((secret) => secret.path);
        for (const secret of secrets) ask(secret, "what secret an agent gets");
        const isSecret = (out: KeyPath) => secrets.some((secret) => secret.every((word, index) => out[index] === word));
        for (const out of pathsOut(layer, value, path)) if (!isSecret(out)) ask(out, "a path outside its folder");
      }
    }
  }
  for (const section of ["monitor", "registry"]) {
    for (const [name, value] of tableEntries(layer.tree[section])) {
      const path = [section, name];
      if (describedAt(path)?.path)
        for (const out of pathsOut(layer, value, path)) ask(out, "a path outside its folder");
    }
  }
  return asked;
}

/** The path that a file is agreed to under: where it was found, with the links of the way there followed. A link to an allowed
 *  file elsewhere is not allowed by that, since relative paths in it start where the link lies. */
export function consentPath(file: string): string {
  try {
    return join(realpathSync.native(dirname(file)), basename(file));
  } catch {
    return file;
  }
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

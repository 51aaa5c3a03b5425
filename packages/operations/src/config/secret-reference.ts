/** Settings that name a secret instead of holding it: exactly `{ env = "NAME" }` or `{ file = "path" }`. */
import { agentKeys } from "./agent-schema.ts";
import { type KeyPath, isTable } from "./layer.ts";

export type SecretReference = { readonly env: string } | { readonly file: string };

/** Whether a value is a reference: a table of this one key with a text, and nothing beside it. */
export function isSecretReference(value: unknown): value is SecretReference {
  if (!isTable(value)) return false;
  const [entry, ...more] = Object.entries(value);
  if (entry === undefined || more.length > 0) return false;
  const [place, text] = entry;
  return (place === "env" || place === "file") && typeof text === "string" && text !== "" && !text.includes("\0");
}

/** Whether a path leads to a plugin's own setting, or into one: only there values may be references. */
export function isOwnSetting(path: KeyPath): boolean {
  return path[0] === "plugins" && path.length > 2 && !agentKeys.has(String(path[2]));
}

/** Every reference in a value, however deep, with its path. Settings as a whole are none, whatever the only one is called. */
export function secretsIn(value: unknown, path: KeyPath = []): { path: KeyPath; reference: SecretReference }[] {
  if (path.length > 0 && isSecretReference(value)) return [{ path, reference: value }];
  if (Array.isArray(value)) return value.flatMap((entry: unknown, index) => secretsIn(entry, [...path, index]));
  if (!isTable(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => secretsIn(inner, [...path, name]));
}

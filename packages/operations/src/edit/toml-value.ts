/** Values as TOML writes them on one line. */
import { isTable } from "../config/layer.ts";

/** Text, numbers, switches, lists and tables. Numbers keep their kind: 2 is an integer, 2.5 is not. */
export function tomlValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(tomlValue).join(", ")}]`;
  if (isTable(value)) {
    const inner = Object.entries(value).map(([key, each]) => `${tomlKey(key)} = ${tomlValue(each)}`);
    return inner.length === 0 ? "{}" : `{ ${inner.join(", ")} }`;
  }
  return typeof value === "string" ? tomlText(value) : String(value);
}

/** Bare where TOML allows it, else in quotes. */
export function tomlKey(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : tomlText(key);
}

function tomlText(text: string): string {
  // Backslashes and quotes in plenty read better literally, as in Windows paths.
  if (/[\\"]/.test(text) && !/['\p{Cc}]/u.test(text)) return `'${text}'`;
  return JSON.stringify(text).replaceAll("\u007F", "\\u007F");
}

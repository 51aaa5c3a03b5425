import { describeKeys, type KeyDescription } from "@mimolo/operations";
import { CliError, EXIT } from "../error.ts";

/** Keys and values as typed, nested as in the file: `poll_interval_s=5`, `enabled=false`, `env.LANG=C`, `args=["-v"]`,
 *  `token={ env = "TOKEN" }`. What is no number, switch, list, reference or text in quotes is text; with `nullable` a bare
 *  `null` is none either. Throws `CliError` with exit code 2. */
export function keyValues(
  written: readonly string[],
  { nullable = false }: { readonly nullable?: boolean } = {},
): Record<string, unknown> {
  return written.reduce((values, each) => {
    const at = each.indexOf("=");
    if (at < 1) {
      throw new CliError("usage", EXIT.usage, `"${each}" is no KEY=VALUE`, "Write it such as poll_interval_s=5.");
    }
    const path = pathOf(each.slice(0, at));
    const text = each.slice(at + 1);
    return merged(values, path, nullable && text.trim() === "null" ? null : valueOf(path, text));
  }, {});
}

/** The same keys taken out. */
export function keysTaken(keys: readonly string[], values: Record<string, unknown>): Record<string, unknown> {
  return keys.reduce((all, key) => merged(all, pathOf(key), null), values);
}

function pathOf(key: string): string[] {
  const path = key.split(".");
  if (path.every((name) => name !== "" && name !== "__proto__")) return path;
  throw new CliError("usage", EXIT.usage, `"${key}" is no key`, "Keys look like poll_interval_s or env.LANG.");
}

function valueOf(path: readonly string[], text: string): unknown {
  const [key = ""] = path;
  const known = path.length === 1 ? described(key) : undefined;
  if (key === "env" || known?.kind === "text") return unquoted(text);
  const value = parsed(text);
  return known?.kind === "list" && typeof value === "string" ? [value] : value;
}

function described(key: string): KeyDescription | undefined {
  return describeKeys().find((each) => each.key === `plugins.<label>.${key}`);
}

function unquoted(text: string): string {
  const value = parsed(text);
  return typeof value === "string" ? value : text;
}

function parsed(text: string): unknown {
  if (/^'[^']*'$/.test(text)) return text.slice(1, -1);
  const [, kind, where] = /^\s*\{\s*(env|file)\s*=\s*["']([^"'\\]*)["']\s*\}\s*$/.exec(text) ?? [];
  if (kind !== undefined) return { [kind]: where };
  try {
    const value: unknown = JSON.parse(text);
    return value === null ? text : value;
  } catch {
    return text;
  }
}

function merged(values: Record<string, unknown>, path: readonly string[], value: unknown): Record<string, unknown> {
  const [name = "", ...rest] = path;
  if (rest.length === 0) return { ...values, [name]: value };
  const inner = values[name];
  const table = typeof inner === "object" && inner !== null ? (inner as Record<string, unknown>) : {};
  return { ...values, [name]: merged(table, rest, value) };
}

/** A wrong value as an error message shows it, and what to write instead. */
import type { KeyKind } from "./describe.ts";

/** `the text "ten"`, `the number 5`, `a list`; long texts are cut. */
export function foundValue(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "number") return `the number ${value}`;
  if (typeof value === "boolean") return String(value);
  if (typeof value !== "string") return "a table";
  if (value === "") return "an empty text";
  return `the text ${JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)}`;
}

/** What to write instead of a value of the wrong type, as far as it can be guessed: seconds for `"10m"`, no quotes around
 *  numbers and switches, quotes around text, a list around a single entry. */
export function repairOf(name: string, kind: KeyKind | undefined, value: unknown): string | undefined {
  const seconds = secondsIn(name, value);
  if (seconds !== undefined) return `write it in seconds, without quotes: ${name} = ${seconds}`;
  if (typeof value === "string") {
    if (kind === "list") return `write it as a list: ${name} = [${JSON.stringify(value)}]`;
    const isNumber = (kind === "number" || kind === "integer") && /^-?\d+(\.\d+)?$/.test(value.trim());
    const isSwitch = kind === "boolean" && /^(true|false)$/i.test(value.trim());
    return isNumber || isSwitch ? `leave out the quotes: ${name} = ${value.trim().toLowerCase()}` : undefined;
  }
  const isPlain = typeof value === "number" || typeof value === "boolean";
  return kind === "text" && isPlain ? `put it in quotes: "${value}"` : undefined;
}

const secondsPer: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, min: 60, h: 3_600, d: 86_400 };

/** The seconds meant by a text such as `"10m"`, for keys that are counted in seconds. */
function secondsIn(name: string, value: unknown): number | undefined {
  if (typeof value !== "string" || !/(_s|_seconds)$/.test(name)) return undefined;
  const [, amount, unit = ""] = /^\s*(\d+(?:\.\d+)?)\s*(ms|s|m|min|h|d)\s*$/.exec(value) ?? [];
  const seconds = secondsPer[unit];
  return amount === undefined || seconds === undefined ? undefined : Number(amount) * seconds;
}

/** A value as an error message shows it. */

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

const secondsPer: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, min: 60, h: 3_600, d: 86_400 };

/** For `"10m"` where seconds are wanted: the number to write instead. */
export function durationHint(name: string, value: unknown): string | undefined {
  const [, amount, unit] =
    (typeof value === "string" ? /^\s*(\d+(?:\.\d+)?)\s*(ms|s|m|min|h|d)\s*$/.exec(value) : null) ?? [];
  const seconds = secondsPer[unit ?? ""];
  if (amount === undefined || seconds === undefined || !/(_s|_seconds)$/.test(name)) return undefined;
  return `write it in seconds, without quotes: ${name} = ${Number(amount) * seconds}`;
}

/** For numbers and switches in quotes: the value to write instead. */
export function unquotedHint(name: string, kind: string | undefined, value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  const isNumber = (kind === "number" || kind === "integer") && /^-?\d+(\.\d+)?$/.test(value.trim());
  const isSwitch = kind === "boolean" && /^(true|false)$/i.test(value.trim());
  return isNumber || isSwitch ? `leave out the quotes: ${name} = ${value.trim().toLowerCase()}` : undefined;
}

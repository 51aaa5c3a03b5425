import { CliError, EXIT } from "../error.ts";

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const WHOLE = /^(?:\d+(?:\.\d+)?(?:ms|[smhd]))+$/;
const PART = /(\d+(?:\.\d+)?)(ms|[smhd])/g;

/** Milliseconds from `30s`, `5m`, `2h`, `1h30m`, `250ms`; a bare number means seconds.
 *  Refuses anything else, and zero, with `invalid-duration`. */
export function parseDuration(text: string): number {
  const trimmed = text.trim().toLowerCase();
  let totalMs = 0;
  if (/^\d+(?:\.\d+)?$/.test(trimmed)) totalMs = Number(trimmed) * 1000;
  else if (WHOLE.test(trimmed)) {
    for (const [, amount = "", unit = ""] of trimmed.matchAll(PART)) totalMs += Number(amount) * (UNITS[unit] ?? 0);
  }
  if (totalMs <= 0 || !Number.isFinite(totalMs)) {
    throw new CliError(
      "invalid-duration",
      EXIT.usage,
      `"${text}" is not a duration`,
      "Write a number and a unit, such as 30s, 5m, 2h or 1h30m.",
    );
  }
  return Math.round(totalMs);
}

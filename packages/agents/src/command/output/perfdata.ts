// The numbers behind the | of a Nagios check: 'label'=value[UOM];[warn];[crit];[min];[max], separated by spaces.
// Format: the Monitoring Plugins' development guidelines.

export interface PerformanceValue {
  readonly label: string;
  /** `null` where the check could not tell (`U`). */
  readonly value: number | null;
  /** Such as `s`, `%`, `MB`; empty where there is none. */
  readonly unit: string;
  /** Ranges as they were written: `10`, `10:`, `~:10`, `@10:20`. */
  readonly warn?: string;
  readonly crit?: string;
  readonly min?: number;
  readonly max?: number;
}

const MOST_VALUES = 200;
const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/;
const ONE = /\s*(?:'((?:[^']|'')*)'|([^\s='][^\s=]*))=(\S*)/y;

/** Reads what can be read; `unread` counts pieces that are no value, and values beyond the 200 that are kept. */
export function readPerformanceData(text: string): { values: PerformanceValue[]; unread: number } {
  const values: PerformanceValue[] = [];
  let unread = 0;
  let at = 0;
  while (at < text.length) {
    ONE.lastIndex = at;
    const found = ONE.exec(text);
    if (found === null) {
      // Past this word.
      const word = /\s*\S*/y;
      word.lastIndex = at;
      const [skipped = ""] = word.exec(text) ?? [];
      if (skipped.trim() !== "") unread += 1;
      at += Math.max(1, skipped.length);
      continue;
    }
    at = ONE.lastIndex;
    const read = valueOf(found[1]?.replaceAll("''", "'") ?? found[2] ?? "", found[3] ?? "");
    if (read === null || values.length === MOST_VALUES) unread += 1;
    else values.push(read);
  }
  return { values, unread };
}

function valueOf(label: string, written: string): PerformanceValue | null {
  const [first = "", warn, crit, min, max] = written.split(";");
  const digits = NUMBER.exec(first)?.[0];
  if (digits === undefined && first !== "U") return null;
  const value = digits === undefined ? null : Number(digits);
  if (value !== null && !Number.isFinite(value)) return null;
  const unit = digits === undefined ? "" : first.slice(digits.length);
  // A decimal comma or a version: half of it would be another number.
  if (/^[,.\d]/.test(unit)) return null;
  return {
    label,
    value,
    unit,
    ...(warn === undefined || warn === "" ? {} : { warn }),
    ...(crit === undefined || crit === "" ? {} : { crit }),
    ...limit("min", min),
    ...limit("max", max),
  };
}

function limit<Name extends "min" | "max">(name: Name, written: string | undefined): Partial<Record<Name, number>> {
  if (written === undefined || NUMBER.exec(written)?.[0] !== written || !Number.isFinite(Number(written))) return {};
  return { [name]: Number(written) } as Record<Name, number>;
}

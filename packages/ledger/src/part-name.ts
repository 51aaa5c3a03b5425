/** Names of day files: `2026-11-21.jsonl`, then `2026-11-21.2.jsonl` and so on. */

export interface PartName {
  readonly day: string;
  /** 1 for the first, which has no number in its name. */
  readonly number: number;
}

const PATTERN = /^(\d{4}-\d{2}-\d{2})(?:\.([2-9]|[1-9]\d+))?\.jsonl$/;

/** The UTC day of a wall-clock time. */
export function dayOf(wallMs: number): string {
  return new Date(wallMs).toISOString().slice(0, 10);
}

function encodePart({ day, number }: PartName): string {
  return number === 1 ? `${day}.jsonl` : `${day}.${number}.jsonl`;
}

/** Day and number, or null when the name is no day file's. */
export function parsePart(name: string): PartName | null {
  const found = PATTERN.exec(name);
  return found?.[1] === undefined ? null : { day: found[1], number: Number(found[2] ?? 1) };
}

/** The first name of `day` that is not among `names`, after every part there is. */
export function nextPart(day: string, names: readonly string[]): string {
  const numbers = names.map(parsePart).map((part) => (part?.day === day ? part.number : 0));
  return encodePart({ day, number: Math.max(0, ...numbers) + 1 });
}

/** By day, then by number. */
export function comparePartNames(left: string, right: string): number {
  const [a, b] = [parsePart(left), parsePart(right)];
  if (a === null || b === null) return left < right ? -1 : 1;
  return a.day === b.day ? a.number - b.number : a.day < b.day ? -1 : 1;
}

/** The name of a closed day's seal. */
export function sealName(day: string): string {
  return `${day}.seal`;
}

/** The UTC day that follows. */
export function dayAfter(day: string): string {
  return dayOf(Date.parse(`${day}T00:00:00Z`) + 86_400_000);
}

/** `2026-11-21.jsonl` → `2026-11-21.jsonl.gz`. */
export function packedName(name: string): string {
  return `${name}.gz`;
}

/** The day file that a file is, packed or not; null when it is none. */
export function partIn(name: string): string | null {
  const plain = name.endsWith(".gz") ? name.slice(0, -".gz".length) : name;
  return parsePart(plain) === null ? null : plain;
}

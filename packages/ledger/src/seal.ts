import type { Head } from "./entry.ts";

/** A closed day as `sha256sum -c` reads it, with the range of commits in comments. */
export interface Seal {
  readonly collectorId: string;
  /** Lowest and highest commit with records in the day's files. */
  readonly first: Head;
  readonly last: Head;
  /** Records of the day of which only the leaf is left, ascending. */
  readonly erased: readonly number[];
  /** SHA-256 in hex by file name. */
  readonly files: ReadonlyMap<string, string>;
}

export function encodeSeal({ collectorId, first, last, erased, files }: Seal): string {
  const head = `# mimolo seal 1 ${collectorId}\n# first ${first.n} ${first.hash}\n# last ${last.n} ${last.hash}\n`;
  return (
    head +
    erased.map((seq) => `# erased ${seq}\n`).join("") +
    [...files].map(([name, hash]) => `${hash}  ${name}\n`).join("")
  );
}

/** A seal, or null when the text is not exactly one. */
export function parseSeal(text: string): Seal | null {
  const [title, firstLine, lastLine, ...rest] = text.split("\n");
  const collectorId = /^# mimolo seal 1 (\S+)$/.exec(title ?? "")?.[1];
  const first = headIn(firstLine, "first");
  const last = headIn(lastLine, "last");
  if (collectorId === undefined || first === null || last === null) return null;
  const files = new Map<string, string>();
  const erased: number[] = [];
  for (const line of rest) {
    const seq = /^# erased (\d{1,15})$/.exec(line)?.[1];
    if (seq !== undefined) erased.push(Number(seq));
    const [, hash, name] = /^([0-9a-f]{64}) {2}(\S+)$/.exec(line) ?? [];
    if (hash !== undefined && name !== undefined) files.set(name, hash);
  }
  const seal = { collectorId, first, last, erased, files };
  return encodeSeal(seal) === text ? seal : null;
}

function headIn(line: string | undefined, word: "first" | "last"): Head | null {
  const [, n, hash] = new RegExp(`^# ${word} (\\d+) ([0-9a-f]{64})$`).exec(line ?? "") ?? [];
  return n === undefined || hash === undefined ? null : { n: Number(n), hash };
}

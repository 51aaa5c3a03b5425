import type { LogLine } from "@mimolo/protocol";

/** A line with what tells it from its neighbours. */
export interface ShownLine {
  readonly key: string;
  readonly line: LogLine;
}

const MOST = 200;
const LEVELS: readonly LogLine["level"][] = ["debug", "info", "warning", "error"];

/** What was read and what was heard since, without doubles, the newest `MOST` of one agent; oldest first. */
export function linesOf(
  read: readonly LogLine[],
  heard: readonly LogLine[],
  label: string,
  least: LogLine["level"],
): ShownLine[] {
  const from = LEVELS.indexOf(least);
  const seen = new Map<string, number>();
  const known = new Set(read.map(textOf));
  const all = [...read, ...heard.filter((line) => !known.has(textOf(line)))];
  return all
    .filter((line) => line.label === label && LEVELS.indexOf(line.level) >= from)
    .slice(-MOST)
    .map((line) => {
      const text = textOf(line);
      const count = (seen.get(text) ?? 0) + 1;
      seen.set(text, count);
      return { key: `${text} ${count}`, line };
    });
}

function textOf({ at, type, message, line }: LogLine): string {
  return `${at} ${type} ${line ?? ""} ${message}`;
}

import type { Point } from "./output/influx.ts";
import type { PerformanceValue } from "./output/perfdata.ts";
import type { CommandResult } from "./results.ts";

/** Lists of evidence leave longer texts out. */
const MOST_CHARACTERS = 60;

/** What a run came to, in a line: `WARNING: 3 waiting, letters=3`, the last line, the value, `room celsius=22`; or why it says
 *  nothing. */
export function wordsOf(result: CommandResult): string {
  return inALine(result.fault ?? saidBy(result));
}

/** The state of a check that somebody has to look after, and its text: `WARNING: 3 waiting`; undefined for all else. */
export function alarmOf({ state, text }: CommandResult): string | undefined {
  if (typeof state !== "string" || state === "ok") return undefined;
  return inALine(stateWords(state.toUpperCase(), text, []));
}

/** The newest values of each series in `points`, in the order the series began: `room,floor=2 celsius=22 humidity=40`. */
export function seriesOf(points: readonly Point[]): string[] {
  const series = new Map<string, Point["fields"]>();
  for (const { measurement, tags, fields } of points) {
    const name = [measurement, ...Object.entries(tags).map(([key, value]) => `${key}=${value}`)].join(",");
    series.set(name, { ...series.get(name), ...fields });
  }
  return [...series].map(([name, fields]) => [name, ...Object.entries(fields).map(paired)].join(" "));
}

function saidBy({ state, text, perfdata, lines, value, points }: CommandResult): string {
  if (typeof state === "string") return stateWords(state.toUpperCase(), text, perfdata);
  if (Array.isArray(lines)) return lines.length === 0 ? "nothing" : String(lines.at(-1));
  if (Array.isArray(points)) return points.length === 0 ? "nothing" : seriesOf(points as Point[]).join("; ");
  return JSON.stringify(value ?? null);
}

function stateWords(state: string, text: unknown, perfdata: unknown): string {
  const values = Array.isArray(perfdata) ? (perfdata as PerformanceValue[]) : [];
  const told = typeof text === "string" ? text : "";
  const said = [
    ...(told === "" ? [] : [told]),
    ...values.map(({ label, value, unit }) => `${paired([label, value ?? "U"])}${unit}`),
  ];
  // Many a check says its state itself: `BACKUP OK - 2000 bytes`.
  const isTold = told.split(/\W/).includes(state);
  return [...(isTold ? [] : [state]), ...(said.length === 0 ? [] : [said.join(", ")])].join(": ");
}

function paired([name, value]: readonly [string, unknown]): string {
  return `${name}=${String(value)}`;
}

function inALine(words: string): string {
  const [line = ""] = words.split("\n");
  const characters = Array.from(line);
  return characters.length <= MOST_CHARACTERS ? line : `${characters.slice(0, MOST_CHARACTERS - 1).join("")}…`;
}

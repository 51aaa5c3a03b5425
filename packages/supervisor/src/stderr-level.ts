// What a line on stderr says about its own weight. Agents in every language write there, so the common manners are known.

/** The levels of diagnostics lines. */
export type StderrLevel = "debug" | "info" | "warning" | "error";

const LEVELS: ReadonlyMap<string, StderrLevel> = new Map([
  ["trace", "debug"],
  ["debug", "debug"],
  ["info", "info"],
  ["notice", "info"],
  ["warn", "warning"],
  ["warning", "warning"],
  ["err", "error"],
  ["error", "error"],
  ["fatal", "error"],
  ["critical", "error"],
]);
const PREFIX = /^\s*(?:\[([A-Za-z]{3,8})\]|([A-Za-z]{3,8}):(?=\s))/;
/** pino and bunyan count in tens. */
const NUMBERED: readonly (readonly [from: number, level: StderrLevel])[] = [
  [50, "error"],
  [40, "warning"],
  [30, "info"],
];

/** The level a line names, null if it names none. Understood: `[warning] …`, `WARN: …`, and JSON objects that have a `level` and
 *  a `message` or `msg`. */
export function stderrLevel(line: string): StderrLevel | null {
  if (/^\s*\{/.test(line)) return levelOfJson(line);
  const match = PREFIX.exec(line);
  return LEVELS.get((match?.[1] ?? match?.[2] ?? "").toLowerCase()) ?? null;
}

function levelOfJson(line: string): StderrLevel | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null || !("level" in value)) return null;
  const text = "message" in value ? value.message : "msg" in value ? value.msg : undefined;
  if (typeof text !== "string") return null;
  const { level } = value;
  if (typeof level === "string") return LEVELS.get(level.toLowerCase()) ?? null;
  return typeof level === "number" ? (NUMBERED.find(([from]) => level >= from)?.[1] ?? "debug") : null;
}

import type { CommandResult } from "./results.ts";

/** Lists of evidence leave longer texts out. */
const MOST_CHARACTERS = 60;

/** What a run came to, in a line: `WARNING: 8% free`, the last line, the value, how many points; or why it says nothing. */
export function wordsOf(result: CommandResult): string {
  const words = result.fault ?? saidBy(result);
  const [line = ""] = words.split("\n");
  const characters = Array.from(line);
  return characters.length <= MOST_CHARACTERS ? line : `${characters.slice(0, MOST_CHARACTERS - 1).join("")}…`;
}

function saidBy({ state, text, lines, value, points_total: points }: CommandResult): string {
  if (typeof state === "string") return text === "" ? state.toUpperCase() : `${state.toUpperCase()}: ${String(text)}`;
  if (Array.isArray(lines)) return lines.length === 0 ? "nothing" : String(lines.at(-1));
  if (typeof points === "number") return `points: ${points}`;
  return JSON.stringify(value ?? null);
}

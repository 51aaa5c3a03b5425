import type { LogLine } from "@mimolo/protocol";
import { isOnlyMarks, namesFault } from "@mimolo/supervisor";

const WINDOW_MS = 60_000;
const MOST_IN_A_WINDOW = 20;
/** Beyond those, so many lines that name what went wrong: a traceback may be longer than twenty lines, and ends with that one. */
const MOST_FAULTS_BEYOND = 5;

interface Window {
  readonly sinceMs: number;
  readonly shown: Set<string>;
  leftOut: number;
}

/** Keeps one agent's flood of words from pushing everything else off the screen: the same words once a minute, at most
 *  twenty lines a minute, and how many were left out. What the collector says, of itself or of the agent, is always shown. */
export class News {
  readonly #windows = new Map<string, Window>();

  /** What to print for this line: nothing, the line, or before it what was left out. */
  take(line: Pick<LogLine, "label" | "type" | "message">, text: string, nowMs: number): string[] {
    const { label, type, message } = line;
    if (label === null || label === undefined || type === "collector") return [text];
    if (type === "stderr" && isOnlyMarks(message)) return [];
    const before = this.#windows.get(label);
    if (before === undefined || nowMs - before.sinceMs >= WINDOW_MS || nowMs < before.sinceMs) {
      this.#windows.set(label, { sinceMs: nowMs, shown: new Set([text]), leftOut: 0 });
      return [...leftOut(label, before?.leftOut ?? 0), text];
    }
    if (before.shown.has(text) || before.shown.size >= mostOf(line)) {
      before.leftOut += 1;
      return [];
    }
    before.shown.add(text);
    return [text];
  }
}

function mostOf({ type, message }: Pick<LogLine, "type" | "message">): number {
  return type === "stderr" && namesFault(message) ? MOST_IN_A_WINDOW + MOST_FAULTS_BEYOND : MOST_IN_A_WINDOW;
}

function leftOut(label: string, count: number): string[] {
  if (count === 0) return [];
  return [`${label}: ${count} more ${count === 1 ? "line" : "lines"} like these; \`mimolo logs ${label}\` has them`];
}

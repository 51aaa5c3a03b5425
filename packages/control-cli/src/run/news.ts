import type { LogLine } from "@mimolo/protocol";

const WINDOW_MS = 60_000;
const MOST_IN_A_WINDOW = 20;

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
  take({ label, type }: Pick<LogLine, "label" | "type">, text: string, nowMs: number): string[] {
    if (label === null || label === undefined || type === "collector") return [text];
    const before = this.#windows.get(label);
    if (before === undefined || nowMs - before.sinceMs >= WINDOW_MS || nowMs < before.sinceMs) {
      this.#windows.set(label, { sinceMs: nowMs, shown: new Set([text]), leftOut: 0 });
      return [...leftOut(label, before?.leftOut ?? 0), text];
    }
    if (before.shown.has(text) || before.shown.size >= MOST_IN_A_WINDOW) {
      before.leftOut += 1;
      return [];
    }
    before.shown.add(text);
    return [text];
  }
}

function leftOut(label: string, count: number): string[] {
  if (count === 0) return [];
  return [`${label}: ${count} more ${count === 1 ? "line" : "lines"} like these; \`mimolo logs ${label}\` has them`];
}

// Recordings as a test writes them down: `<` is to the agent, `>` comes from it, `!` is its stderr; marks stand between.
import type { Mark, Recording } from "../../src/testing/index.ts";

type Line = string | Omit<Mark, "at_ms" | "after">;

/** Ten milliseconds lie between two entries; the process is started first. */
export function recorded(scenario: string, ...entries: readonly Line[]): Recording {
  const lines: Recording["lines"][number][] = [];
  const marks: Mark[] = [];
  const started = { what: "started", at: "2026-03-01T09:00:00.000Z", pid: 1, command: ["agent"] };
  for (const [index, entry] of [started, ...entries].entries()) {
    const at = { at_ms: index * 10 };
    if (typeof entry !== "string") marks.push({ ...at, after: lines.length, ...entry } as Mark);
    else {
      const dir = entry.startsWith("<") ? "in" : entry.startsWith(">") ? "out" : "err";
      lines.push({ ...at, dir, line: entry.slice(2) });
    }
  }
  return { scenario, lines, marks };
}

export const HANDSHAKE =
  '> {"type":"handshake","protocol_version":"0.4","agent_version":"1.0.0","capabilities":["summary"]}';

/** A first contact as it should be. */
export const goodLife = (): Recording =>
  recorded(
    "first-contact",
    HANDSHAKE,
    '< {"cmd":"ack","id":"1"}',
    '< {"cmd":"flush","id":"2"}',
    '> {"type":"summary","data":{}}',
    '> {"type":"ack","ack_command":"flush","id":"2"}',
    { what: "step", name: "shutdown" } as Mark,
    '< {"cmd":"shutdown","id":"3"}',
    { what: "ended", code: 0, signal: null } as Mark,
  );

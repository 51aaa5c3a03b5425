// Transcripts: what went over the pipes and when, one JSON object per line. One format for fixtures, conformance, tests and
// bug reports.
import type { Runnable } from "../agent.ts";
import { fakeHost } from "./fake-host.ts";
import { amount, base64 as inBase64, oneOf, text as words } from "./json-lines/kinds.ts";
import { readJsonLines } from "./json-lines/read-json-lines.ts";

/** A line of a transcript. `in` goes to the agent, `out` comes from it, `err` is its stderr. */
export interface TranscriptLine {
  readonly at_ms: number;
  readonly dir: "in" | "out" | "err";
  /** The line without its line end. */
  readonly line?: string;
  /** In place of `line`, where it is no valid text. */
  readonly line_base64?: string;
  /** In fixtures: how the line is to be read. */
  readonly expect?: { readonly type: string } | { readonly refused: string };
}

const directions = oneOf("in", "out", "err");

/** Reads a transcript; throws, with the line's number, the field and what it should be, where one is malformed. Empty lines are
 *  skipped. */
export function readTranscript(text: string): TranscriptLine[] {
  return readJsonLines(text).map((line) => {
    line.must("at_ms", amount);
    line.must("dir", directions);
    if (line.fields["line_base64"] === undefined) line.must("line", words);
    else line.must("line_base64", inBase64);
    return line.fields as unknown as TranscriptLine;
  });
}

/** Writes a transcript as text. */
export function writeTranscript(lines: readonly TranscriptLine[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join("");
}

/** Plays the `in` lines of a transcript to a new run of `agent`, each at its time on a manual clock, and ends its stdin after
 *  the last line. What comes back is the transcript of this run: the same `in` lines, and the `out` lines as they came. */
export async function playTranscript(
  agent: Runnable,
  transcript: readonly TranscriptLine[],
  environment: Readonly<Record<string, string>> = {},
): Promise<TranscriptLine[]> {
  const played: TranscriptLine[] = [];
  const host = fakeHost((line) => played.push({ at_ms: host.clock.ticksMs(), dir: "out", line }), environment);
  const ended = agent.run(host);
  const work = async (untilMs: number) => {
    for (;;) {
      for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
      const dueMs = host.clock.nextDueMs ?? Infinity;
      if (dueMs > untilMs) break;
      host.clock.advance(Math.max(0, dueMs - host.clock.ticksMs()));
    }
    host.clock.advance(Math.max(0, untilMs - host.clock.ticksMs()));
  };
  for (const entry of transcript) {
    await work(entry.at_ms);
    if (entry.dir !== "in") continue;
    played.push(entry);
    host.feed(bytesOf(entry));
  }
  await work(host.clock.ticksMs());
  host.hangUp();
  await ended;
  return played;
}

function bytesOf({ line, line_base64: base64 }: TranscriptLine): Uint8Array {
  const bytes = base64 === undefined ? Buffer.from(line ?? "") : Buffer.from(base64, "base64");
  return Buffer.concat([bytes, Buffer.from("\n")]);
}

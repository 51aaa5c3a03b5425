// 2xx: what every line on its stdout has to be.
import {
  DEFAULT_MAX_LINE_BYTES,
  MAX_NESTING,
  maxLineBytesOf,
  parseTimestamp,
  type RefusalCode,
} from "@mimolo/protocol/wire";
import { endText } from "../reading/endings.ts";
import { marks, messages, type Said, said, shown, typeOf } from "../reading/lines.ts";
import { unaskedIn } from "../reading/unasked.ts";
import type { Recording } from "../recording.ts";
import { broken, everywhere, type Finding, holds, notApplicable, type Rule } from "../rule.ts";

/** Fields with rules of their own, elsewhere. */
const OWN_RULES = /^(?:timestamp|health|seq|data\.(?:activity_signal|artifacts|tree|html)(?:\.|$))/;
/** Clocks of one machine agree; a line may wait for a busy reader. */
const CLOCK_MS = 5 * 60_000;

/** What a collector takes of one agent; replies do not count. */
const MOST_IN_A_SECOND = 1000;

/** Characters shown on each side of what is wrong in a line. */
const AROUND = 24;

const NOTHING = notApplicable("it wrote nothing on stdout");

export const lineRules: readonly Rule[] = [
  {
    id: "JLP201",
    area: "lines",
    title: "Every line on stdout is a JSON object",
    required: true,
    says: "UTF-8 JSON objects, one per line.",
    why: "stdout belongs to the protocol: a stray print, a banner or a library's warning is refused and counted against the agent.",
    fix: "Print to stderr instead, and send libraries that print there as well. One object per line, without line breaks inside.",
    isLive: true,
    judge: everywhere((recording) => {
      const wrong = refused(recording, "not-json", "not-object").find(({ index }) => !isCut(recording, index));
      return verdict(recording, wrong);
    }),
  },
  {
    id: "JLP202",
    area: "lines",
    title: "Every line on stdout is valid UTF-8",
    required: true,
    says: "Not valid UTF-8: invalid-utf8.",
    why: "The line is refused as a whole; names with umlauts are where it happens first.",
    fix: "Encode stdout as UTF-8, whatever the user's locale says (Python: PYTHONUTF8=1 or sys.stdout.reconfigure).",
    isLive: true,
    judge: everywhere((recording) => verdict(recording, refused(recording, "invalid-utf8")[0])),
  },
  {
    id: "JLP203",
    area: "lines",
    title: "No line is longer than a line may be",
    required: true,
    says: "A line over max_line_bytes (64 KiB; widget_frame 256 KiB) is skipped to its newline and counted.",
    why: "The line is lost, with all that stands in it.",
    fix: "Send less: the most important entries, and how many were left out. The ack tells max_line_bytes.",
    isLive: true,
    judge: everywhere((recording) => {
      const [long] = marks(recording, "long-line");
      if (long !== undefined) return broken(`a line of ${long.bytes} bytes`);
      if (said(recording).length === 0) return NOTHING;
      const wrong = said(recording).find(
        (line) => line.bytes.length > maxLineBytesOf(typeOf(line), DEFAULT_MAX_LINE_BYTES),
      );
      if (wrong === undefined) return holds("none is");
      return broken(`${wrong.bytes.length} bytes: ${shown(wrong.line)}`);
    }),
  },
  {
    id: "JLP204",
    area: "lines",
    title: "Nothing is nested too deep",
    required: true,
    says: "Nesting over 64: too-deep.",
    why: "The line is refused.",
    fix: `Flatten it: objects and arrays may stand ${MAX_NESTING} deep in each other, the message itself is the first level.`,
    isLive: true,
    judge: everywhere((recording) => verdict(recording, refused(recording, "too-deep")[0])),
  },
  {
    id: "JLP205",
    area: "lines",
    title: "Every message says its type",
    required: true,
    says: "type: always required.",
    why: "A message without a type can be no kind of message.",
    fix: 'Give every object a "type".',
    isLive: true,
    judge: everywhere((recording) => verdict(recording, refused(recording, "missing-type")[0])),
  },
  {
    id: "JLP206",
    area: "lines",
    title: "Every message has the fields of its type",
    required: true,
    says: "A line that breaks its type's schema becomes a diagnostics record with the reason.",
    why: "The message is refused: a summary that is refused is evidence that is lost.",
    fix: "Look at the table of types in the protocol; the field is named above.",
    isLive: true,
    judge: everywhere((recording) =>
      verdict(
        recording,
        refused(recording, "invalid-field").find(
          ({ decoded, object }) =>
            object?.["type"] !== "handshake" && !decoded.ok && !OWN_RULES.test(decoded.field ?? ""),
        ),
      ),
    ),
  },
  {
    id: "JLP207",
    area: "lines",
    title: "Every timestamp is ISO-8601 with a zone",
    required: true,
    says: "Timestamps match ISO-8601 with a zone, nothing looser; a heartbeat must have one.",
    why: "A time without a zone is a guess, and nobody's timesheet should rest on one: the line is refused.",
    fix: 'Write UTC with a Z, such as 2026-03-01T09:00:00Z. Not "2026-03-01 09:00", not seconds since 1970.',
    isLive: true,
    judge: everywhere((recording) => {
      const wrong = said(recording).find(({ object, decoded }) => {
        const type = object?.["type"];
        if (typeof type !== "string" || (decoded.ok && !decoded.known)) return false;
        const time = object?.["timestamp"];
        if (time === undefined) return type === "heartbeat";
        return typeof time !== "string" || parseTimestamp(time) === null;
      });
      return verdict(recording, wrong);
    }),
  },
  {
    id: "JLP208",
    area: "lines",
    title: "Timestamps tell when it was",
    required: false,
    says: "timestamp: ISO-8601 with zone; without one the receive time is used.",
    why: "A local time with a Z behind it moves the user's day by hours.",
    fix: "Take the time in UTC, or leave the timestamp out where you may.",
    isLive: true,
    judge: everywhere((recording) => {
      const [started] = marks(recording, "started");
      const beganMs = started === undefined ? Number.NaN : Date.parse(started.at) - started.at_ms;
      const timed = messages(recording).flatMap((each) => {
        const { timestamp } = each.message;
        const timeMs = timestamp === undefined ? null : parseTimestamp(timestamp);
        return timeMs === null ? [] : [{ each, offMs: Math.abs(timeMs - (beganMs + each.at_ms)) }];
      });
      const [first] = timed;
      if (first === undefined) return notApplicable("it sends no timestamps");
      const wrong = timed.find(({ offMs }) => offMs > CLOCK_MS);
      if (wrong === undefined) return holds(shown(first.each.line));
      return broken(`${Math.round(wrong.offMs / 60_000)} minutes off: ${shown(wrong.each.line)}`);
    }),
  },
  {
    id: "JLP209",
    area: "lines",
    title: "Its last line ends as a line",
    required: true,
    says: "UTF-8 JSON objects, one per line (\\n).",
    why: "What has no line end is no line: a collector that is about to close may not take it.",
    fix: "End every line with \\n, the last one too, and flush stdout before you exit.",
    judge: everywhere((recording) => {
      const end = marks(recording, "ended").at(-1);
      if (end === undefined) return notApplicable("it did not end by itself");
      // Whoever is killed by a signal cannot finish its line.
      if (end.signal !== null) return notApplicable(endText(end));
      const last = said(recording).at(-1);
      if (last === undefined) return NOTHING;
      // What was still in its pipe when it left is the flood's fault.
      if (floodIn(recording) !== undefined) return notApplicable("it floods its collector");
      return marks(recording, "unfinished-line").length === 0
        ? holds(shown(last.line))
        : broken(`without line end: ${shown(last.line)}`);
    }),
  },
  {
    id: "JLP210",
    area: "lines",
    title: "Every type is one that collectors know",
    required: false,
    says: "An unknown type is ignored and logged once per type.",
    why: "What is ignored helps nobody, and a misspelt type is lost without a word to the agent.",
    fix: 'Look at the spelling; for messages of your own there is "custom".',
    isLive: true,
    judge: everywhere((recording) => {
      if (said(recording).length === 0) return NOTHING;
      const unknown = said(recording).find(({ decoded }) => decoded.ok && !decoded.known);
      return unknown === undefined ? holds("all are") : broken(shown(unknown.line));
    }),
  },
  {
    id: "JLP211",
    area: "lines",
    title: "It does not flood its collector",
    required: true,
    says: "Nothing a line contains may grow the collector without bound.",
    why: "A collector takes 1,000 messages a second of an agent and drops the rest; the user's machine works for nothing.",
    fix: "Send what changed, not what is; wait between two messages.",
    isLive: true,
    judge: everywhere((recording) => {
      const [flood] = marks(recording, "flood");
      if (flood !== undefined) return broken(`${flood.lines} lines and ${flood.bytes} bytes, and no end of it`);
      const wrong = floodIn(recording);
      if (said(recording).length === 0) return NOTHING;
      if (wrong === undefined) return holds(`${unaskedIn(recording).length} lines unasked`);
      return broken(
        `more than ${MOST_IN_A_SECOND} lines in a second that nobody asked for; one of them: ${shown(wrong.line)}`,
      );
    }),
  },
];

/** The line that is one too many in its second. */
function floodIn(recording: Recording): Said | undefined {
  const unasked = unaskedIn(recording);
  return unasked.find((each, index) => {
    const before = unasked[index - MOST_IN_A_SECOND];
    return before !== undefined && each.at_ms - before.at_ms < 1000;
  });
}

function refused(recording: Recording, ...codes: RefusalCode[]): Said[] {
  return said(recording).filter(({ decoded }) => !decoded.ok && codes.includes(decoded.code));
}

/** Half a line that a signal has cut, or more of a flood than was read, is no fault of its own. */
function isCut(recording: Recording, index: number): boolean {
  const isLast = said(recording).at(-1)?.index === index;
  const isLong = marks(recording, "long-line").some(({ after }) => after === index + 1);
  return isLong || (isLast && marks(recording, "unfinished-line").length > 0);
}

function verdict(recording: Recording, wrong: Said | undefined): Finding {
  if (wrong === undefined) {
    const all = said(recording).length;
    return all === 0 ? NOTHING : holds(`${all} lines`);
  }
  const reason = wrong.decoded.ok ? "" : `${wrong.decoded.message}: `;
  return broken(`${reason}${shown(wrong.line)}${misspelt(wrong)}`);
}

/** A line that begins as an object is meant as a message, wherever it was printed to: the place that is wrong helps, not another
 *  stream. Empty where that place is not known. */
function misspelt({ line, decoded }: Said): string {
  if (decoded.ok || decoded.code !== "not-json" || !line.startsWith("{")) return "";
  const [, position] = / at position (\d+)/.exec(decoded.message) ?? [];
  if (position === undefined) return "";
  const at = Number(position);
  const from = Math.max(0, at - AROUND);
  const before = `${from === 0 ? "" : "…"}${shown(line.slice(from, at))}`;
  return `; it begins as a message does, mend its JSON at ▸: ${before}▸${shown(line.slice(at), AROUND)}`;
}

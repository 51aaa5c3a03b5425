// 411 and on: the stream of its evidence, and its numbers.
import { messages, shown } from "../../reading/lines.ts";
import { evidenceOf, hasNumber, isDurable, type Numbered, numbered } from "../../reading/numbered.ts";
import { broken, everywhere, holds, inScenario, notApplicable, type Rule } from "../../rule.ts";
import { NO_NUMBERS, NOT_DURABLE } from "./of-those-that-number.ts";

export const numberRules: readonly Rule[] = [
  {
    id: "JLP411",
    area: "evidence",
    title: "It names the stream of its durable evidence",
    required: true,
    says: "handshake: stream?. Identity of a record is (instance_id, stream, seq).",
    why: "Without the stream the collector cannot say what it has committed, and the agent's spool grows for ever.",
    fix: 'Make a random id with the spool, and say it in the handshake: "capabilities":["summary","durable_ack"],"stream":"f3a9…".',
    needs: ["first-contact"],
    judge: inScenario("first-contact", (recording) => {
      if (!isDurable(recording)) return NOT_DURABLE;
      const [handshake] = messages(recording, "handshake");
      const line = shown(handshake?.line ?? "");
      return handshake?.message.stream === undefined ? broken(`no stream: ${line}`) : holds(line);
    }),
  },
  {
    id: "JLP412",
    area: "evidence",
    title: "It numbers its durable evidence",
    required: true,
    says: "seq … over evidence lines only (summaries and a monitor's events).",
    why: "What has no number is never committed, and cannot be told from a copy of itself.",
    fix: 'Give each summary a "seq": 1, 2, 3 …, a number without quotes.',
    isLive: true,
    judge: everywhere((recording) => {
      if (!isDurable(recording)) return NOT_DURABLE;
      const lines = evidenceOf(recording);
      const wrong = lines.find((line) => !hasNumber(line));
      const [first] = lines;
      if (wrong !== undefined) return broken(`no seq, or none that is a whole number from 1: ${shown(wrong.line)}`);
      return first === undefined ? notApplicable("it sent no evidence") : holds(shown(first.line));
    }),
  },
  {
    id: "JLP413",
    area: "evidence",
    title: "Its numbers start at 1 and rise by one",
    required: true,
    says: "seq starts at 1 and rises by one over evidence lines only.",
    why: "A jump is told to the user as a gap in the evidence.",
    fix: "Count evidence lines and nothing else; after a restart go on with the number that follows the last one in the spool.",
    judge: everywhere((recording) => {
      if (!isDurable(recording)) return NOT_DURABLE;
      const lines = numbered(recording);
      const highest = new Map<string, number>();
      for (const { seq, stream, line } of lines) {
        const last = highest.get(stream) ?? 0;
        if (seq > last + 1) return broken(`after ${last} came ${seq}: ${shown(line)}`);
        highest.set(stream, Math.max(last, seq));
      }
      return lines.length === 0 ? NO_NUMBERS : holds(`up to ${[...highest.values()].join(", ")}`);
    }),
  },
  {
    id: "JLP414",
    area: "evidence",
    title: "It gives no number twice",
    required: true,
    says: "Identity of a record is (instance_id, stream, seq).",
    why: "The collector takes the second record for a copy of the first, and drops it.",
    fix: "Number each record once, when it goes into the spool, and send it again as it was; read the last number from the spool at the start.",
    needs: ["committed", "killed", "flushes"],
    judge: everywhere((recording) => {
      if (!isDurable(recording)) return NOT_DURABLE;
      const known = new Map<string, Numbered>();
      for (const each of numbered(recording)) {
        const key = `${each.stream} ${each.seq}`;
        const before = known.get(key);
        if (before !== undefined && contentOf(before) !== contentOf(each)) {
          return broken(`${shown(before.line)} and later ${shown(each.line)}`);
        }
        known.set(key, each);
      }
      return known.size === 0 ? NO_NUMBERS : holds(`${known.size} records`);
    }),
  },
];

/** What a record says, but for its place. */
function contentOf({ object }: Numbered): string {
  return JSON.stringify([object?.["type"], object?.["data"], object?.["timestamp"]]);
}

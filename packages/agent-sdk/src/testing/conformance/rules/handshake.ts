import { messages, said, shown } from "../reading/lines.ts";
import { broken, holds, inScenario, type Rule } from "../rule.ts";

export const handshakeRules: readonly Rule[] = [
  {
    id: "JLP101",
    area: "handshake",
    title: "It introduces itself unasked",
    required: true,
    says: "A first valid heartbeat, summary, status or error stands for a missing 0.3 handshake.",
    why: "The collector waits for the first message before it sends anything; an agent that waits for the collector waits for ever.",
    fix: "Write a handshake line to stdout as the first thing, and flush stdout after each line.",
    needs: ["first-contact"],
    judge: inScenario("first-contact", (recording) => {
      const first = messages(recording).find(({ message: { type } }) => FIRST.includes(type));
      if (first !== undefined) return holds(shown(first.line));
      const [line] = said(recording);
      return broken(line === undefined ? "it wrote nothing on stdout" : `it only wrote: ${shown(line.line)}`);
    }),
  },
];

const FIRST: readonly string[] = ["handshake", "heartbeat", "summary", "status", "error"];

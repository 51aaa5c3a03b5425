// 418 and on: how much is under way, and what follows when that is settled.
import { endOf, inVain } from "../../reading/endings.ts";
import { between, messages, shown, step } from "../../reading/lines.ts";
import { broken, holds, notApplicable, type Rule } from "../../rule.ts";
import { NOT_SO_FAR, ofThoseThatNumber } from "./of-those-that-number.ts";

const MOST_RECORDS = 1024;
const MOST_BYTES = 262_144;
const WINDOW =
  "Window: at most 1,024 records or 256 KiB uncommitted in flight (one larger record goes alone); the rest waits in the spool while heartbeats go on.";

export const windowRules: readonly Rule[] = [
  {
    id: "JLP418",
    area: "evidence",
    title: "It has no more under way than the window allows",
    required: true,
    says: WINDOW,
    why: "A collector whose disk is full must not be filled up with what it cannot keep.",
    fix: "Count what was sent and is not settled; at 1,024 records or 256 KiB leave the rest in the spool until committed makes room.",
    needs: ["first-contact", "nothing-committed"],
    judge: ofThoseThatNumber("nothing-committed", (recording, lines) => {
      const commits = step(recording, "commits");
      const sent = between(lines, -1, commits?.after);
      const bytes = sent.reduce((sum, line) => sum + line.bytes.length, 0);
      const seen = `${sent.length} records of ${bytes} bytes are under way`;
      if (sent.length > MOST_RECORDS || (bytes > MOST_BYTES && sent.length > 1)) return broken(seen);
      return commits === undefined ? NOT_SO_FAR : holds(seen);
    }),
  },
  {
    id: "JLP419",
    area: "evidence",
    title: "Its heartbeats go on while nothing is committed",
    required: true,
    says: WINDOW,
    why: "A collector whose disk is full must still see that the agent lives, or it restarts it.",
    fix: "Wait for committed beside your loop, never in it.",
    needs: ["first-contact", "heartbeats", "nothing-committed"],
    judge: (recordings) => {
      const beats = recordings.find(({ scenario }) => scenario === "heartbeats");
      if (beats === undefined || messages(beats, "heartbeat").length === 0) {
        return notApplicable("it sends no heartbeats: see JLP501");
      }
      return ofThoseThatNumber("nothing-committed", (recording) => {
        const [full, commits] = [step(recording, "full"), step(recording, "commits")];
        if (full === undefined || commits === undefined) return NOT_SO_FAR;
        const [beat] = between(messages(recording, "heartbeat"), full.after - 1, commits.after);
        return beat === undefined ? broken(inVain(recording, full)) : holds(shown(beat.line));
      })(recordings);
    },
  },
  {
    id: "JLP420",
    area: "evidence",
    title: "It goes on once everything is committed",
    required: true,
    says: WINDOW,
    why: "After the disk has room again the agent has to tell what it saw meanwhile.",
    fix: "On committed look at once whether more may be sent.",
    needs: ["first-contact", "nothing-committed"],
    judge: ofThoseThatNumber("nothing-committed", (recording, lines) => {
      const commits = step(recording, "commits");
      if (commits === undefined) return NOT_SO_FAR;
      const highest = Math.max(0, ...between(lines, -1, commits.after).map(({ seq }) => seq));
      const more = between(lines, commits.after - 1).find(({ seq }) => seq > highest);
      return more === undefined
        ? broken(`nothing after number ${highest}; ${inVain(recording, commits)}`)
        : holds(shown(more.line));
    }),
  },
  {
    id: "JLP421",
    area: "evidence",
    title: "It begins a new stream when the collector knows more than its spool",
    required: true,
    says: "An agent that finds through above its own last number (an old spool was restored) moves what is unsent to a new stream.",
    why: "The numbers it would give are taken: all it sees is dropped as copies of what came long ago.",
    fix: 'When the first committed names a higher through than you ever gave, make a new stream, start at 1, and write "stream":"<the new one>" beside each seq.',
    needs: ["first-contact", "old-spool"],
    judge: ofThoseThatNumber("old-spool", (recording, lines) => {
      const here = step(recording, "told");
      if (here === undefined || step(recording, "end") === undefined || endOf(recording) !== undefined)
        return NOT_SO_FAR;
      const announced = messages(recording, "handshake")[0]?.message.stream;
      const late = between(lines, here.after - 1);
      const [first] = late;
      if (first === undefined) return notApplicable("it sent no evidence");
      const wrong = late.find(({ stream, seq }) => stream === announced && seq <= 50);
      return wrong === undefined ? holds(shown(first.line)) : broken(`50 are committed already: ${shown(wrong.line)}`);
    }),
  },
];

// 41x and on: durable acks, so that neither a crash nor a full disk loses evidence.
import { answersFlush } from "../reading/abilities.ts";
import { endOf, inVain } from "../reading/endings.ts";
import { committedBy, evidenceOf, hasNumber, isDurable, type Numbered, numbered } from "../reading/numbered.ts";
import { between, messages, shown, step, told } from "../reading/lines.ts";
import type { Recording } from "../recording.ts";
import { broken, everywhere, type Finding, holds, inScenario, notApplicable, type Rule } from "../rule.ts";

type Judge = (recordings: readonly Recording[]) => Finding;

const NOT_DURABLE = notApplicable("it does not announce durable_ack");
const NO_NUMBERS = notApplicable("its evidence carries no numbers: see JLP411 and JLP412");
const NOT_SO_FAR = notApplicable("it did not get that far");
const MOST_RECORDS = 1024;
const MOST_BYTES = 262_144;
const KEPT = "A record is written to the spool before it is sent, and kept until committed names it.";
const WINDOW =
  "Window: at most 1,024 records or 256 KiB uncommitted in flight (one larger record goes alone); the rest waits in the spool while heartbeats go on.";

export const durableRules: readonly Rule[] = [
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
  {
    id: "JLP415",
    area: "evidence",
    title: "It sends again what was not committed, after it was killed",
    required: true,
    says: `${KEPT} kill -9 may not lose what was not yet committed.`,
    why: "This is what durable means: the user's machine runs out of memory, and nothing is missing afterwards.",
    fix: "Write the record to a file in MIMOLO_AGENT_DATA_DIR before you print it; at the start read what is there, and send it after the ack with the numbers and the stream it had.",
    needs: ["first-contact", "killed"],
    judge: ofThoseThatNumber("killed", (recording, lines) => {
      const sent = lines.filter(({ life }) => life === 0);
      if (step(recording, "again") === undefined || sent.length === 0 || told(recording, "flush").length < 3)
        return NOT_SO_FAR;
      const again = lines.filter(({ life }) => life === 1);
      const lost = sent.find((each) => again.every(({ seq, stream }) => seq !== each.seq || stream !== each.stream));
      return lost === undefined ? holds(`${sent.length} records came again`) : broken(`lost: ${shown(lost.line)}`);
    }),
  },
  {
    id: "JLP416",
    area: "evidence",
    title: "It does not send again what was committed",
    required: true,
    says: KEPT,
    why: "The spool grows, and each start sends the whole history once more.",
    fix: 'On {"cmd":"committed","params":{"stream":"…","through":3}} delete what is numbered up to 3 from the spool.',
    needs: ["first-contact", "committed"],
    judge: ofThoseThatNumber("committed", (recording, lines) => {
      const here = step(recording, "again");
      const [shutdown] = told(recording, "shutdown");
      if (here === undefined || shutdown === undefined) return NOT_SO_FAR;
      // The last of these flushes was only committed while it ended.
      const through = (stream: string) =>
        committedBy(
          recording,
          stream,
          told(recording, "flush")
            .filter(({ index }) => index < shutdown.index)
            .at(-1)?.index ?? 0,
        );
      const wrong = lines.find(({ life, seq, stream }) => life === 1 && seq <= through(stream));
      return wrong === undefined ? holds("it does not") : broken(`after its restart: ${shown(wrong.line)}`);
    }),
  },
  {
    id: "JLP417",
    area: "evidence",
    title: "It does not send again what was refused",
    required: true,
    says: "through is cumulative, and refused numbers are settled too, so nothing is re-sent for ever.",
    why: "What the collector cannot take it will never take; sent again, it holds up everything after it.",
    fix: 'On {"cmd":"committed","params":{"refused":[{"seq":1,"code":"…"}]}} delete that record from the spool as well.',
    needs: ["first-contact", "refused"],
    judge: ofThoseThatNumber("refused", (recording, lines) => {
      if (step(recording, "end") === undefined || step(recording, "refused") === undefined) return NOT_SO_FAR;
      const again = lines.filter(({ life }) => life === 1);
      if (again.every(({ seq }) => seq !== 2)) return notApplicable("it sends nothing again: see JLP415");
      const wrong = again.find(({ seq, stream }) => seq === 1 && stream === lines[0]?.stream);
      return wrong === undefined ? holds("it does not") : broken(`refused, and sent again: ${shown(wrong.line)}`);
    }),
  },
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
        return beat === undefined ? broken(inVain(recording)) : holds(shown(beat.line));
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
        ? broken(`nothing after number ${highest}; ${inVain(recording)}`)
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

/** What a record says, but for its place. */
function contentOf({ object }: Numbered): string {
  return JSON.stringify([object?.["type"], object?.["data"], object?.["timestamp"]]);
}

/** For durable agents that number what they send, and name its stream. */
function ofThoseThatNumber(
  scenario: string,
  judge: (recording: Recording, lines: readonly Numbered[]) => Finding,
): Judge {
  return (recordings) => {
    const first = recordings.find((each) => each.scenario === "first-contact");
    if (first === undefined || !isDurable(first)) return NOT_DURABLE;
    if (!answersFlush(recordings)) return notApplicable("it answers no flush: see JLP301");
    if (numbered(first).length === 0) return NO_NUMBERS;
    return inScenario(scenario, (recording) => judge(recording, numbered(recording)))(recordings);
  };
}

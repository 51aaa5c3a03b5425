// 415 and on: what is sent again, and what is not.
import { shown, step, told } from "../../reading/lines.ts";
import { committedBy } from "../../reading/numbered.ts";
import { broken, holds, notApplicable, type Rule } from "../../rule.ts";
import { NOT_SO_FAR, ofThoseThatNumber } from "./of-those-that-number.ts";

const KEPT = "A record is written to the spool before it is sent, and kept until committed names it.";

export const settlingRules: readonly Rule[] = [
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
];

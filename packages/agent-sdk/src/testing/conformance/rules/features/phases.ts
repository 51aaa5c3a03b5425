// 901 and on: lifecycle.
import { answersFlush } from "../../reading/abilities.ts";
import { inVain } from "../../reading/endings.ts";
import { acksOf, flushFrom, hadEnded } from "../../reading/flushes.ts";
import { answersTo, shown, told } from "../../reading/lines.ts";
import { broken, holds, notApplicable, type Rule } from "../../rule.ts";
import { announced, NOT_SO_FAR } from "./announced.ts";

const LIFECYCLE = 'lifecycle {phase:"initialize"|"activate"|"suspend"|"unload", config?}: ack.';

export const phaseRules: readonly Rule[] = [
  {
    id: "JLP901",
    area: "features",
    title: "It acknowledges every phase of its life",
    required: true,
    says: LIFECYCLE,
    why: "The collector brings it from one phase to the next, and waits for each.",
    fix: 'Answer each phase with {"type":"ack","ack_command":"lifecycle","id":"<the command\'s id>"}; one you have nothing to do for as well.',
    needs: ["phases"],
    judge: announced("lifecycle", "phases", (recording) => {
      const asked = told(recording, "lifecycle").filter((each) => !hadEnded(recording, each));
      if (asked.length === 0) return NOT_SO_FAR;
      const wrong = asked.find((each) => !answersTo(recording, each).some(({ message }) => message.type === "ack"));
      if (wrong !== undefined) return broken(`no ack after ${shown(wrong.line)}; ${inVain(recording, wrong)}`);
      return holds(asked.map(({ params: { phase } }) => (typeof phase === "string" ? phase : "no phase")).join(", "));
    }),
  },
  {
    id: "JLP902",
    area: "features",
    title: "It works again after it was suspended",
    required: true,
    says: LIFECYCLE,
    why: "A suspended agent is one that the user will want again.",
    fix: "Let activate undo all that suspend did.",
    needs: ["first-contact", "phases"],
    judge: announced("lifecycle", "phases", (recording, recordings) => {
      if (!answersFlush(recordings)) return notApplicable("it answers no flush: see JLP301");
      const flush = flushFrom(recording);
      if (flush === undefined || hadEnded(recording, flush)) return NOT_SO_FAR;
      const [ack] = acksOf(recording, flush);
      return ack === undefined ? broken(inVain(recording, flush)) : holds(shown(ack.line));
    }),
  },
];

// 914 and on: what comes without an answer, segment and events.
import { answersFlush } from "../../reading/abilities.ts";
import { inVain } from "../../reading/endings.ts";
import { acksOf, flushFrom } from "../../reading/flushes.ts";
import { shown, step } from "../../reading/lines.ts";
import type { Recording } from "../../recording.ts";
import { broken, type Finding, holds, notApplicable, type Rule } from "../../rule.ts";
import { announced, NOT_SO_FAR } from "./announced.ts";

export const deliveryRules: readonly Rule[] = [
  {
    id: "JLP914",
    area: "features",
    title: "It goes on after it heard of a segment",
    required: true,
    says: 'segment {phase:"opened"|"closed", id}: none; only with feature segment.',
    why: "Segments open and close all day.",
    fix: "Take phase and id from params, and answer nothing.",
    needs: ["first-contact", "unanswered"],
    judge: announced("segment", "unanswered", (recording, recordings) => goesOn("segment", recording, recordings)),
  },
  {
    id: "JLP915",
    area: "features",
    title: "It goes on after it was delivered an event",
    required: true,
    says: "event {topic, from, data}: delivery to a subscriber.",
    why: "Events come from other plugins, with data that this one does not know.",
    fix: "Look at the topic first, and take nothing in data for granted.",
    needs: ["first-contact", "unanswered"],
    judge: announced("events", "unanswered", (recording, recordings) => goesOn("events", recording, recordings)),
  },
];

/** Whether the flush of a step was acknowledged. */
function goesOn(name: string, recording: Recording, recordings: readonly Recording[]): Finding {
  if (!answersFlush(recordings)) return notApplicable("it answers no flush: see JLP301");
  const here = step(recording, name);
  const flush = here === undefined ? undefined : flushFrom(recording, here.after);
  if (here === undefined || flush === undefined) return NOT_SO_FAR;
  const [ack] = acksOf(recording, flush);
  return ack === undefined ? broken(inVain(recording, flush)) : holds(shown(ack.line));
}

// To whom the rules of durable acks apply.
import { answersFlush } from "../../reading/abilities.ts";
import { isDurable, type Numbered, numbered } from "../../reading/numbered.ts";
import type { Recording } from "../../recording.ts";
import { type Finding, inScenario, notApplicable } from "../../rule.ts";

type Judge = (recordings: readonly Recording[]) => Finding;

export const NOT_DURABLE = notApplicable("it does not announce durable_ack");
export const NO_NUMBERS = notApplicable("its evidence carries no numbers: see JLP411 and JLP412");
export const NOT_SO_FAR = notApplicable("it did not get that far");

/** For durable agents that number what they send, and name its stream. */
export function ofThoseThatNumber(
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

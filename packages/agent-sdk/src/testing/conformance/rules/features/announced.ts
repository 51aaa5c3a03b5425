// What an agent owes because it announced it.
import { features } from "../../reading/lines.ts";
import type { Recording } from "../../recording.ts";
import { type Finding, inScenario, notApplicable } from "../../rule.ts";

type Judge = (recordings: readonly Recording[]) => Finding;

/** It ended, or stood still, before. */
export const NOT_SO_FAR = notApplicable("it did not get that far");

/** For agents that announce it. */
export function announced(
  feature: string,
  scenario: string,
  judge: (recording: Recording, recordings: readonly Recording[]) => Finding,
): Judge {
  const doesNot = notApplicable(`it does not announce ${feature}`);
  return (recordings) => {
    const isAnnounced = recordings.some((recording) => features(recording).includes(feature));
    if (!isAnnounced) return doesNot;
    return inScenario(scenario, (recording) => judge(recording, recordings))(recordings);
  };
}

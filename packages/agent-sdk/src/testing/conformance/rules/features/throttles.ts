// 903 and on: throttle.
import { inVain } from "../../reading/endings.ts";
import { hadEnded, ofType } from "../../reading/flushes.ts";
import { between, shown, step, told } from "../../reading/lines.ts";
import type { Recording } from "../../recording.ts";
import { broken, type Finding, holds, notApplicable, type Rule } from "../../rule.ts";
import { announced, NOT_SO_FAR } from "./announced.ts";

const THROTTLE =
  "throttle {factor, reason}: sample factor times more slowly (1 restores); answered by status with tuned.";

export const throttleRules: readonly Rule[] = [
  {
    id: "JLP903",
    area: "features",
    title: "It answers a throttle with what it tuned",
    required: true,
    says: THROTTLE,
    why: "The collector wants to know that it did less; else it takes sharper means.",
    fix: 'On throttle write {"type":"status","health":"ok","tuned":{"factor":4}}.',
    needs: ["throttled"],
    judge: announced("throttle", "throttled", (recording) => tuned(recording, "factor-4")),
  },
  {
    id: "JLP904",
    area: "features",
    title: "It answers the end of a throttle as well",
    required: true,
    says: THROTTLE,
    why: "Factor 1 means that there is time enough again; who does not hear that stays slow for ever.",
    fix: "Treat 1 like every other factor.",
    needs: ["throttled"],
    judge: announced("throttle", "throttled", (recording) =>
      tuned(recording, "factor-4").ok === true
        ? tuned(recording, "factor-1")
        : notApplicable("it answers no throttle: see JLP903"),
    ),
  },
];

function tuned(recording: Recording, name: string): Finding {
  const here = step(recording, name);
  const throttle = told(recording, "throttle").find(({ index }) => here !== undefined && index >= here.after);
  if (throttle === undefined || hadEnded(recording, throttle)) return NOT_SO_FAR;
  const next = told(recording, "throttle").find(({ index }) => index > throttle.index);
  const statuses = between(ofType(recording, "status"), throttle.index, next?.index);
  const answer = statuses.find(({ object }) => object?.["tuned"] !== undefined && object["tuned"] !== null);
  if (answer !== undefined) return holds(shown(answer.line));
  return broken(`no status with tuned after ${shown(throttle.line)}; ${inVain(recording, throttle)}`);
}

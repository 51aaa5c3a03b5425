// 7xx: how an agent goes.
import { endOf, endText, lastComplaint } from "../reading/endings.ts";
import { endsOnShutdown } from "../reading/abilities.ts";
import { marks, messages, shown, step } from "../reading/lines.ts";
import type { Recording } from "../recording.ts";
import { broken, type Finding, holds, inScenario, notApplicable, type Rule } from "../rule.ts";

type Judge = (recordings: readonly Recording[]) => Finding;

const NOT_SO_FAR = notApplicable("it did not get that far");
const ENDED_BEFORE = "shutdown";
const STDIN = "End of stdin means shutdown.";

export const endingRules: readonly Rule[] = [
  {
    id: "JLP701",
    area: "ending",
    title: "It ends when it is told to shut down",
    required: true,
    says: "shutdown: final summary if anything is pending, ack (optional), exit 0.",
    why: "The collector waits 5 s, then closes its stdin, then sends signals: each stop of the user's takes so much longer.",
    fix: "On shutdown leave your loop, stop timers and threads, and exit.",
    needs: ["first-contact"],
    judge: inScenario("first-contact", (recording) => ends(recording, ENDED_BEFORE)),
  },
  {
    id: "JLP702",
    area: "ending",
    title: "It ends a shutdown with exit code 0",
    required: true,
    says: "shutdown: … exit 0.",
    why: "Another code is a failure: the collector tells the user so.",
    fix: "Exit with 0 after a shutdown, whatever happened before.",
    needs: ["first-contact"],
    judge: inScenario("first-contact", (recording) => endsWithZero(recording, ENDED_BEFORE)),
  },
  {
    id: "JLP703",
    area: "ending",
    title: "It leaves no process behind after a shutdown",
    required: true,
    says: "Nothing may outlive the agent.",
    why: "What it has started goes on costing the user, and nobody knows of it.",
    fix: "End what you have started, and wait for it, before you exit.",
    needs: ["first-contact"],
    judge: inScenario("first-contact", (recording) => leavesNothing(recording, ENDED_BEFORE)),
  },
  {
    id: "JLP704",
    area: "ending",
    title: "It ends when its stdin ends",
    required: true,
    says: STDIN,
    why: "This is how an agent learns that its collector is gone: one that misses it runs for ever, and nobody reads it.",
    fix: "When a read from stdin gives nothing more, do what shutdown does.",
    needs: ["stdin-ends"],
    judge: inScenario("stdin-ends", (recording) => ends(recording, "ending")),
  },
  {
    id: "JLP705",
    area: "ending",
    title: "It ends with exit code 0 when its stdin ends",
    required: true,
    says: `${STDIN} shutdown: … exit 0.`,
    why: "Another code is a failure: the collector tells the user so.",
    fix: "Do at the end of stdin what shutdown does, and exit with 0.",
    needs: ["stdin-ends"],
    judge: inScenario("stdin-ends", (recording) => endsWithZero(recording, "ending")),
  },
  {
    id: "JLP706",
    area: "ending",
    title: "It leaves no process behind when its stdin ends",
    required: true,
    says: `${STDIN} Nothing may outlive the agent.`,
    why: "What it has started goes on costing the user, and nobody knows of it.",
    fix: "End what you have started, and wait for it, before you exit.",
    needs: ["first-contact", "stdin-ends"],
    judge: unlessBehindAnyway("stdin-ends"),
  },
  {
    id: "JLP707",
    area: "ending",
    title: "It ends on SIGTERM",
    required: false,
    says: "shutdown, then the end of stdin, then SIGTERM to the group, then SIGKILL.",
    why: "It is the last polite word; after it comes the one that loses what was not written yet.",
    fix: "Do on SIGTERM what shutdown does; without a handler the system ends the process, and that will do.",
    needs: ["terminated"],
    judge: inScenario("terminated", (recording) => ends(recording, "ending")),
  },
  {
    id: "JLP708",
    area: "ending",
    title: "It says goodbye on SIGTERM",
    required: false,
    says: "shutdown, then the end of stdin, then SIGTERM to the group, then SIGKILL.",
    why: "At the end of the user's session SIGTERM comes without a shutdown before it: what was observed since the last summary is lost.",
    fix: "Handle SIGTERM: send the last summary if anything is pending, then exit with 0 or let the signal end you.",
    needs: ["terminated"],
    judge: inScenario("terminated", (recording) => {
      const at = step(recording, "ending");
      if (at === undefined || endOf(recording) === undefined) return NOT_SO_FAR;
      const last = messages(recording, "summary").find(({ index }) => index >= at.after);
      if (last !== undefined) return holds(shown(last.line));
      if (endOf(recording)?.signal === "SIGTERM")
        return notApplicable("it ended by the signal: whether anything was pending cannot be seen");
      return endsWithZero(recording, "ending");
    }),
  },
  {
    id: "JLP709",
    area: "ending",
    title: "It can be shut down right after its handshake",
    required: true,
    says: "shutdown: final summary if anything is pending, ack (optional), exit 0.",
    why: "The user may stop what has only just begun; an agent that is still starting must hear that.",
    fix: "Read commands from the first moment, beside whatever your start takes.",
    needs: ["first-contact", "shut-down-at-once"],
    judge: ofThoseThatEnd("shut-down-at-once"),
  },
  {
    id: "JLP710",
    area: "ending",
    title: "It can be shut down twice",
    required: true,
    says: "shutdown … exit 0. End of stdin means shutdown.",
    why: "A second shutdown, and the end of stdin, often come while the first one is under way.",
    fix: "Remember that you are ending, and ignore what comes after; do not end twice.",
    needs: ["first-contact", "shut-down-twice"],
    judge: ofThoseThatEnd("shut-down-twice"),
  },
  {
    id: "JLP711",
    area: "ending",
    title: "It ends when its stdin was at its end from the start",
    required: true,
    says: STDIN,
    why: "A collector that was killed while it started its agents leaves such ones behind.",
    fix: "Read stdin from the first moment.",
    needs: ["stdin-ends", "stdin-ends-at-once"],
    judge: ofThoseThatSeeTheEnd("stdin-ends-at-once"),
  },
  {
    id: "JLP712",
    area: "ending",
    title: "It ends when its collector is killed",
    required: true,
    says: `${STDIN} Nothing may outlive the collector.`,
    why: "Nobody reads what it writes any more: writing fails, and an agent that stumbles there may stay for ever.",
    fix: "Treat a failed write to stdout like the end of stdin; do not wait for the last line to be taken.",
    needs: ["stdin-ends", "collector-dies"],
    judge: ofThoseThatSeeTheEnd("collector-dies"),
  },
];

function ends(recording: Recording, name: string): Finding {
  if (step(recording, name) === undefined) return NOT_SO_FAR;
  const end = endOf(recording);
  if (end !== undefined) return holds(endText(end));
  const within = marks(recording, "not-seen").at(-1)?.within_ms ?? 10_000;
  return broken(`it was still there ${Math.round(within / 1000)} s later`);
}

function endsWithZero(recording: Recording, name: string): Finding {
  const end = endOf(recording);
  if (step(recording, name) === undefined || end === undefined) return NOT_SO_FAR;
  if (end.code === 0) return holds(endText(end));
  return broken([endText(end), lastComplaint(recording)].filter((text) => text !== "").join("; "));
}

function leavesNothing(recording: Recording, name: string): Finding {
  if (step(recording, name) === undefined || endOf(recording) === undefined) return NOT_SO_FAR;
  const left = marks(recording, "left-behind").flatMap(({ processes }) => processes);
  return left.length === 0 ? holds("nothing is left") : broken(`still there: ${left.join(", ")}`);
}

/** Who leaves something behind after a shutdown is told so there, once. */
function unlessBehindAnyway(scenario: string): Judge {
  return (recordings) => {
    const first = recordings.find((each) => each.scenario === "first-contact");
    const isBehind = first !== undefined && marks(first, "left-behind").length > 0;
    if (isBehind) return notApplicable("it leaves something behind anyway: see JLP703");
    return inScenario(scenario, (recording) => leavesNothing(recording, "ending"))(recordings);
  };
}

function ofThoseThatEnd(scenario: string): Judge {
  return (recordings) => {
    if (!endsOnShutdown(recordings)) return notApplicable("it does not end on shutdown: see JLP701");
    return inScenario(scenario, (recording) => {
      const { ok, seen } = ends(recording, "ending");
      // The codes of ends have rules of their own; here only a crash counts.
      const end = endOf(recording);
      const first = recordings.find((each) => each.scenario === "first-contact");
      const isWorse = ok === true && end?.code !== 0 && first !== undefined && endOf(first)?.code === 0;
      return isWorse ? broken([seen, lastComplaint(recording)].filter((text) => text !== "").join("; ")) : { ok, seen };
    })(recordings);
  };
}

function ofThoseThatSeeTheEnd(scenario: string): Judge {
  return (recordings) => {
    const other = recordings.find((each) => each.scenario === "stdin-ends");
    if (other !== undefined && step(other, "ending") !== undefined && endOf(other) === undefined)
      return notApplicable("it does not end with its stdin: see JLP704");
    return inScenario(scenario, (recording) => ends(recording, "ending"))(recordings);
  };
}

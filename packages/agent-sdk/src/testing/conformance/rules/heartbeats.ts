// 5xx: that an agent lives, and how it says it is.
import { hasToDoWith } from "../reading/announced.ts";
import { inVain } from "../reading/endings.ts";
import { acksOf, hadEnded, ofType } from "../reading/flushes.ts";
import { between, marks, said, shown, step, told } from "../reading/lines.ts";
import type { Recording } from "../recording.ts";
import { broken, everywhere, holds, inScenario, notApplicable, type Rule } from "../rule.ts";

const NOT_SO_FAR = notApplicable("it did not get that far");
const NO_BEATS = notApplicable("it sends no heartbeats: see JLP501");
const DEFAULT_CADENCE = "Heartbeats: default every 5 s.";
const TOLD = "ack: heartbeat_interval_s.";
/** Told was one second. A busy machine delays a beat, but not all of them. */
const BEATS = 3;
/** Nor does a delay bring two beats of a longer interval so near to one another. */
const MOST_APART_MS = 3000;
/** So many beats in a second are not what an interval of a second means. */
const MOST_A_SECOND = 4;

export const heartbeatRules: readonly Rule[] = [
  {
    id: "JLP501",
    area: "heartbeats",
    title: "It sends heartbeats",
    required: true,
    says: DEFAULT_CADENCE,
    why: "Silence is how the collector notices that an agent hangs; one that never beats is always silent.",
    fix: 'Every 5 s, or what the ack tells, write {"type":"heartbeat","timestamp":"2026-03-01T09:00:00Z"}.',
    needs: ["heartbeats"],
    judge: inScenario("heartbeats", (recording) => {
      if (!hasToDoWith(recording, "heartbeat")) return notApplicable("it does not announce heartbeat");
      const [beat] = ofType(recording, "heartbeat");
      if (beat !== undefined) return holds(shown(beat.line));
      return isThrough(recording) ? broken(inVain(recording)) : NOT_SO_FAR;
    }),
  },
  {
    id: "JLP502",
    area: "heartbeats",
    title: "Its heartbeats come as often as it was told",
    required: true,
    says: `${TOLD} ${DEFAULT_CADENCE}`,
    why: "The collector has told how long it waits; a slower agent looks like one that hangs.",
    fix: "Read params.heartbeat_interval_s of the ack, and beat at that interval from then on.",
    needs: ["heartbeats"],
    judge: inScenario("heartbeats", (recording) => {
      if (told(recording, "ack").length === 0) return notApplicable("it was told no interval: it sends no handshake");
      const here = step(recording, "beats");
      const done = step(recording, "beaten");
      if (here === undefined || done === undefined || hasEnded(recording, done.at_ms)) return NOT_SO_FAR;
      const beats = between(ofType(recording, "heartbeat"), here.after - 1, done.after);
      if (ofType(recording, "heartbeat").length === 0) return NO_BEATS;
      const seen = `${beats.length} in ${seconds(done.at_ms - here.at_ms)}`;
      const nearest = Math.min(...beats.slice(1).map((beat, index) => beat.at_ms - (beats[index]?.at_ms ?? 0)));
      if (beats.length >= BEATS && nearest <= MOST_APART_MS) return holds(seen);
      return broken(`it was told one a second; ${seen}`);
    }),
  },
  {
    id: "JLP503",
    area: "heartbeats",
    title: "Its heartbeats come no more often than it was told",
    required: false,
    says: TOLD,
    why: "Each heartbeat wakes the agent and the collector: on a laptop this is battery.",
    fix: "One timer, and one only, at the interval of the ack; do not beat after each command.",
    needs: ["heartbeats"],
    judge: inScenario("heartbeats", (recording) => {
      const here = step(recording, "beats");
      const done = step(recording, "end");
      if (told(recording, "ack").length === 0 || here === undefined || done === undefined) return NOT_SO_FAR;
      const beats = between(ofType(recording, "heartbeat"), here.after - 1, done.after);
      if (beats.length === 0) return NO_BEATS;
      const ms = done.at_ms - here.at_ms;
      const most = BEATS + (MOST_A_SECOND * ms) / 1000;
      const seen = `${beats.length} in ${seconds(ms)}, told was one a second`;
      return beats.length <= most ? holds(seen) : broken(seen);
    }),
  },
  {
    id: "JLP504",
    area: "heartbeats",
    title: "Its metrics are numbers",
    required: false,
    says: "metrics: numbers (cpu_budget_ok boolean); a value of another type is ignored, never a refusal; known keys below.",
    why: "What is ignored is missing in the user's view of what the agent costs.",
    fix: 'Write "metrics":{"queue":0,"latency_ms":3.5}: no quotes around numbers, no null.',
    isLive: true,
    judge: everywhere((recording) => {
      const withMetrics = said(recording).filter(
        ({ object, decoded }) => decoded.ok && decoded.known && object?.["metrics"] !== undefined,
      );
      const wrong = withMetrics.find(({ object }) => !areNumbers(object?.["metrics"]));
      const [first] = withMetrics;
      if (first === undefined) return notApplicable("it sends no metrics");
      return wrong === undefined ? holds(shown(first.line)) : broken(shown(wrong.line));
    }),
  },
  {
    id: "JLP505",
    area: "heartbeats",
    title: "It says its status at the start",
    required: true,
    says: "Agents send status at start, on request and when their state changes.",
    why: "Until then the user sees an agent of which nobody knows how it is.",
    fix: 'After the handshake, or after the ack, write {"type":"status","health":"ok"} unasked.',
    needs: ["heartbeats"],
    judge: inScenario("heartbeats", (recording) => {
      if (!hasToDoWith(recording, "status")) return notApplicable("it does not announce status");
      const done = step(recording, "beaten");
      if (done === undefined || hasEnded(recording, done.at_ms)) return NOT_SO_FAR;
      const [status] = between(ofType(recording, "status"), -1, done.after);
      return status === undefined ? broken("none came unasked") : holds(shown(status.line));
    }),
  },
  {
    id: "JLP506",
    area: "heartbeats",
    title: "Its health is a word that collectors know",
    required: true,
    says: "health: initializing ok degraded overload failed; healthy reads as ok. It may be absent when tuned or mode is there.",
    why: "A status with another word is refused, so that nobody learns how the agent is.",
    fix: 'Say "health":"ok"; "degraded" when something is missing, "failed" when nothing works; what is the matter goes into message.',
    isLive: true,
    judge: everywhere((recording) => {
      const all = ofType(recording, "status");
      const wrong = all.find(({ decoded }) => !decoded.ok && decoded.field === "health");
      const [first] = all;
      if (wrong !== undefined) return broken(shown(wrong.line));
      return first === undefined ? notApplicable("it sends no status") : holds(shown(first.line));
    }),
  },
  {
    id: "JLP507",
    area: "heartbeats",
    title: "Its heartbeats go on while it is stopped",
    required: true,
    says: `stop: sampling off. ${DEFAULT_CADENCE}`,
    why: "An agent that is paused is still alive; a silent one is restarted, and observes again though the user paused it.",
    fix: "Let stop end only what observes, not the timer of the heartbeats.",
    needs: ["heartbeats"],
    judge: inScenario("heartbeats", (recording) => {
      const [here, end] = [step(recording, "stopped"), step(recording, "end")];
      const [stop] = told(recording, "stop");
      const before = ofType(recording, "heartbeat").filter(({ index }) => index < (here?.after ?? 0));
      if (here === undefined || end === undefined || stop === undefined || hadEnded(recording, stop)) return NOT_SO_FAR;
      if (before.length < BEATS) return notApplicable("its heartbeats are too rare: see JLP501 and JLP502");
      if (acksOf(recording, stop).length === 0) return notApplicable("it does not acknowledge stop: see JLP303");
      const beats = between(ofType(recording, "heartbeat"), here.after - 1, end.after);
      return beats.length === 0 ? broken(inVain(recording, here)) : holds(`${beats.length} came`);
    }),
  },
];

/** Whether the time for heartbeats passed, and it was there all the time. */
function isThrough(recording: Recording): boolean {
  const done = step(recording, "beaten");
  return done !== undefined && !hasEnded(recording, done.at_ms);
}

function hasEnded(recording: Recording, byMs: number): boolean {
  return marks(recording, "ended").some(({ at_ms: atMs }) => atMs <= byMs);
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

function areNumbers(metrics: unknown): boolean {
  if (typeof metrics !== "object" || metrics === null || Array.isArray(metrics)) return false;
  return Object.entries(metrics).every(([key, value]) =>
    key === "cpu_budget_ok" ? typeof value === "boolean" : typeof value === "number",
  );
}

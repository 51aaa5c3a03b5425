// A rule is one sentence of the protocol, and how to see in recordings whether an agent keeps it.
import type { Recording } from "./recording.ts";

/** The hundreds of the ids. */
export const AREAS = {
  handshake: 1,
  lines: 2,
  commands: 3,
  evidence: 4,
  heartbeats: 5,
  tolerance: 6,
  ending: 7,
  resources: 8,
  features: 9,
} as const;
export type Area = keyof typeof AREAS;

/** What people call them, in the order of the hundreds. */
export const areaTitles: Readonly<Record<Area, string>> = {
  handshake: "Handshake and versions",
  lines: "Lines on stdout",
  commands: "Commands",
  evidence: "Evidence",
  heartbeats: "Heartbeats and status",
  tolerance: "Tolerance",
  ending: "Ending",
  resources: "Resources",
  features: "Features and releases",
};

/** `ok` null: the rule does not apply, and `seen` says why. */
export interface Finding {
  readonly ok: boolean | null;
  /** What was seen, the line itself where there is one. */
  readonly seen: string;
}

export interface Rule {
  readonly id: `JLP${number}`;
  readonly area: Area;
  /** A sentence that holds of an agent that keeps it. */
  readonly title: string;
  /** `false`: advice, which fails nobody. */
  readonly required: boolean;
  /** Asked of published plugins only. */
  readonly release?: true;
  /** The protocol's own sentence. */
  readonly says: string;
  readonly why: string;
  readonly fix: string;
  /** Scenarios it is judged on; default: all there are. */
  readonly needs?: readonly string[];
  /** Can be judged on any recording, while it still goes on. */
  readonly isLive?: true;
  judge(recordings: readonly Recording[]): Finding;
}

export const holds = (seen: string): Finding => ({ ok: true, seen });
export const broken = (seen: string): Finding => ({ ok: false, seen });
export const notApplicable = (why: string): Finding => ({ ok: null, seen: why });

/** For rules about one scenario: judges its recording, and does not apply where that was not run. */
export function inScenario(
  name: string,
  judge: (recording: Recording) => Finding,
): (recordings: readonly Recording[]) => Finding {
  return (recordings) => {
    const recording = recordings.find(({ scenario }) => scenario === name);
    return recording === undefined ? notApplicable(`the scenario ${name} was not run`) : judge(recording);
  };
}

/** For rules about every line: the first recording that breaks it decides; else whatever holds, else that it does not apply. */
export function everywhere(judge: (recording: Recording) => Finding): (recordings: readonly Recording[]) => Finding {
  return (recordings) => {
    const findings = recordings.map(judge);
    return (
      findings.find(({ ok }) => ok === false) ??
      findings.find(({ ok }) => ok === true) ??
      findings[0] ??
      notApplicable("nothing was recorded")
    );
  };
}

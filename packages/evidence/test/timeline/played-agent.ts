import { localStamp, type Step } from "./stories.ts";

/** A line of evidence as its agent keeps it until it is settled. */
export interface Line {
  readonly stream: string;
  readonly agentSeq: number;
  readonly message: object;
}

/** An agent of a story: what it made and does not know to be settled. */
export interface Agent {
  readonly label: string;
  readonly spool: Line[];
  seq: number;
  /** Its lines stay in its spool for now. */
  isHeld: boolean;
}

/** The agent's next line, stamped in its own zone's time. */
export function lineOf(
  agent: Agent,
  step: Extract<Step, { do: "work" | "event" }>,
  now: { readonly wallMs: number; readonly zone: string },
): Line {
  agent.seq += 1;
  const timestamp = localStamp(now.wallMs, now.zone);
  const message =
    step.do === "event"
      ? { type: "event", timestamp, data: { event: "seen", payload: { items: [step.item] } } }
      : { type: "summary", timestamp, data: { activity_signal: step.signal }, ...metricsOf(step.intervalS) };
  return { stream: "s", agentSeq: agent.seq, message };
}

function metricsOf(intervalS: number | null): object {
  return intervalS === null ? {} : { metrics: { interval_s: intervalS } };
}

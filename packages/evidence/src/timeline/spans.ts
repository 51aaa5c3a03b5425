import type { EvidenceRecord } from "@mimolo/protocol";
import { labelUnder, type PolicyAt } from "../policy.ts";
import type { Interval } from "./intervals.ts";
import { type Observation, observationOf } from "./observation.ts";

/** The time one record stands for, under the policy in force at its event time. */
export interface Span extends Interval {
  /** True when it opens or extends a segment. */
  readonly resetting: boolean;
  /** Where a monitor event's items are; `null`: it has none to aggregate. */
  readonly dataHeader: string | null;
  /** `seq` of the gap after which this is the rest of a longer span whose beginning counts as well. */
  readonly cutBy: number | null;
  readonly source: Observation;
}

/** The spans of a record: none (infrequent events, other kinds) or one. `previousAtMs` is the event time of the same
 *  instance's summary before; only a working summary without `interval_s` needs it, `null` lets it reach back to the cap. */
export function spansOf(record: EvidenceRecord, policyAt: PolicyAt, previousAtMs: number | null = null): Span[] {
  const observation = observationOf(record);
  const span = observation === null ? null : spanOf(observation, policyAt, previousAtMs);
  return span === null ? [] : [span];
}

/** The same for an observation; `null` for an infrequent event, which is an entry of its own. */
export function spanOf(source: Observation, policyAt: PolicyAt, previousAtMs: number | null): Span | null {
  const endMs = source.atMs;
  if (source.kind === "import") {
    return { startMs: endMs - (source.coversMs ?? 0), endMs, resetting: true, dataHeader: null, cutBy: null, source };
  }
  const policy = policyAt(endMs);
  const { resetsCooldown, infrequent, dataHeader } = labelUnder(policy, source.label);
  if (source.kind === "event") {
    if (infrequent) return null;
    return { startMs: endMs, endMs, resetting: resetsCooldown !== false, dataHeader, cutBy: null, source };
  }
  const sinceMs = previousAtMs === null ? Number.POSITIVE_INFINITY : endMs - previousAtMs;
  const startMs = endMs - Math.min(source.coversMs ?? sinceMs, policy.flushIntervalMs);
  const resetting = source.working && resetsCooldown !== false;
  return { startMs, endMs, resetting, dataHeader: null, cutBy: null, source };
}

/** The order of the fold: start, instance, stream, the agent's number, the ledger's. Never 0 for two spans of one start. */
export function compareSpans(a: Span, b: Span): number {
  return a.startMs - b.startMs || compareSources(a.source, b.source);
}

/** The same without the start: instance, stream, the agent's number, the ledger's. Text by code units. */
export function compareSources(a: Observation, b: Observation): number {
  return (
    compareText(a.instanceId, b.instanceId) ||
    compareText(a.stream, b.stream) ||
    a.agentSeq - b.agentSeq ||
    a.seq - b.seq
  );
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

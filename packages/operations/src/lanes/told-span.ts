import { eventTimeOf, isErased } from "@mimolo/evidence";
import type { EvidenceRecord } from "@mimolo/protocol";

export type SpanKind = "worked" | "idle" | "passive" | "gap";
export type SpanConfidence = "observed" | "reconstructed" | "asserted";

/** What one record says of a stretch of time, in one lane or, a gap of the collector itself, in all of them. */
export interface ToldSpan {
  readonly label: string | null;
  readonly pluginId: string | null;
  readonly startMs: number;
  readonly endMs: number;
  readonly kind: SpanKind;
  readonly confidence: SpanConfidence;
}

/** The lane of what people said themselves. */
export const CORRECTIONS = "corrections";

/** No summary stands for more. */
export const LONGEST_SUMMARY_MS = 3_600_000;
/** One that does not say what it covers reaches back to the one before, and no further than this. */
const LONGEST_UNSAID_MS = 300_000;

/** Reads records in commit order and tells which stretch each speaks of. */
export class SpanTeller {
  readonly #lastMs = new Map<string, number>();

  /** `null` for a record that says nothing about a stretch of time. */
  of(record: EvidenceRecord): ToldSpan | null {
    const time = eventTimeOf(record);
    if (time === null || isErased(record)) return null;
    switch (record.kind) {
      case "message":
        return this.#message(record, time.endMs);
      case "import":
        return {
          ...time,
          label: record.data.label,
          pluginId: null,
          kind: "worked",
          confidence: record.data.confidence === "reconstructed" ? "reconstructed" : "observed",
        };
      case "correction":
        return {
          ...time,
          label: CORRECTIONS,
          pluginId: null,
          kind: record.data.as === "work" ? "worked" : "idle",
          confidence: "asserted",
        };
      case "gap":
        return {
          ...time,
          label: record.agent_label ?? null,
          pluginId: record.plugin_id ?? null,
          kind: "gap",
          confidence: "observed",
        };
      default:
        return null;
    }
  }

  #message(record: Extract<EvidenceRecord, { kind: "message" }>, endMs: number): ToldSpan | null {
    const { agent_label: label, plugin_id: pluginId, instance_id: instance, message } = record;
    const { type, data } = message;
    if (typeof data !== "object" || data === null) return null;
    const told = { label, pluginId, endMs, confidence: "observed" } as const;
    if (type === "event") return { ...told, startMs: endMs, kind: "worked" };
    if (type !== "summary") return null;
    const beforeMs = this.#lastMs.get(instance) ?? endMs;
    this.#lastMs.set(instance, endMs);
    const saidMs = coveredMs(message["metrics"]) ?? Math.min(Math.max(0, endMs - beforeMs), LONGEST_UNSAID_MS);
    return { ...told, startMs: endMs - Math.min(saidMs, LONGEST_SUMMARY_MS), kind: kindOf(data) };
  }
}

function kindOf(data: object): SpanKind {
  const signal = "activity_signal" in data ? data.activity_signal : null;
  if (typeof signal !== "object" || signal === null || !("mode" in signal) || signal.mode !== "active")
    return "passive";
  return "keep_alive" in signal && signal.keep_alive === true ? "worked" : "idle";
}

function coveredMs(metrics: unknown): number | null {
  if (typeof metrics !== "object" || metrics === null || !("interval_s" in metrics)) return null;
  const { interval_s: seconds } = metrics;
  return typeof seconds === "number" && Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}

import { eventTimeOf, isErased } from "@mimolo/evidence";
import type { EvidenceRecord } from "@mimolo/protocol";

export type SpanKind = "worked" | "idle" | "passive" | "gap";
/** `reconstructed` is whatever nobody saw happen, a person's own word included: as segments have it. */
export type SpanConfidence = "observed" | "reconstructed";

/** Who speaks. Without a label: the collector, of everybody. */
export interface Speaker {
  readonly label: string | null;
  readonly pluginId: string | null;
  /** Of summaries, that may reach back to the one before; else null. */
  readonly instance: string | null;
}

/** What one record says of time, taken by itself. */
export interface Note {
  readonly seq: number;
  readonly speaker: Speaker;
  /** Event time, milliseconds since the epoch. */
  readonly startMs: number;
  readonly endMs: number;
  readonly kind: SpanKind;
  readonly confidence: SpanConfidence;
  /** How far back a summary says it reaches; `null`: it does not say; absent: it is no summary. */
  readonly saidMs?: number | null;
}

/** The lane of what people said themselves. */
export const CORRECTIONS = "corrections";

/** `null` for a record that says nothing about a stretch of time. */
export function noteOf(record: EvidenceRecord): Note | null {
  if (!SPEAKING.has(record.kind) || isErased(record)) return null;
  const time = eventTimeOf(record);
  if (time === null) return null;
  const { seq } = record;
  switch (record.kind) {
    case "message":
      return messageNote(record, time.endMs);
    case "import": {
      const { label, confidence } = record.data;
      return { seq, ...time, speaker: person(label), kind: "worked", confidence: likelihood(confidence) };
    }
    case "correction": {
      const kind = record.data.as === "work" ? "worked" : "idle";
      return { seq, ...time, speaker: person(CORRECTIONS), kind, confidence: "reconstructed" };
    }
    case "gap": {
      const speaker = { label: record.agent_label ?? null, pluginId: record.plugin_id ?? null, instance: null };
      return { seq, ...time, speaker, kind: "gap", confidence: "observed" };
    }
    default:
      return null;
  }
}

const SPEAKING: ReadonlySet<EvidenceRecord["kind"]> = new Set(["message", "import", "correction", "gap"]);

function person(label: string): Speaker {
  return { label, pluginId: null, instance: null };
}

function likelihood(confidence: unknown): SpanConfidence {
  return confidence === "reconstructed" ? "reconstructed" : "observed";
}

function messageNote(record: Extract<EvidenceRecord, { kind: "message" }>, endMs: number): Note | null {
  const { seq, agent_label: label, plugin_id: pluginId, instance_id: instance, message } = record;
  const { type, data } = message;
  if (typeof data !== "object" || data === null) return null;
  const told = { seq, startMs: endMs, endMs, confidence: "observed" } as const;
  if (type === "event") return { ...told, speaker: { label, pluginId, instance: null }, kind: "worked" };
  if (type !== "summary") return null;
  const saidMs = coveredMs(message["metrics"]);
  return { ...told, speaker: { label, pluginId, instance }, kind: kindOf(data), saidMs };
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

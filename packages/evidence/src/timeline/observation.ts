import type { EvidenceRecord } from "@mimolo/protocol";
import { durationMsOf, objectOf, textOf, timeOf } from "../loose.ts";
import type { Block } from "./block.ts";

/** What one record says about work, without its bytes: a summary's window, a monitor's event or an imported stretch. */
export interface Observation {
  readonly kind: "summary" | "event" | "import";
  readonly seq: number;
  /** Empty for imports. */
  readonly instanceId: string;
  readonly stream: string;
  /** 0 where the agent gave none. */
  readonly agentSeq: number;
  readonly label: string;
  /** Event time in ms since the epoch: an agent's own stamp, never later than its receipt; an import's end. */
  readonly atMs: number;
  /** How far back it reaches from `atMs`; `null`: to the same instance's summary before it. */
  readonly coversMs: number | null;
  /** The agent saw work: an active summary with `keep_alive`. Always true of imports. */
  readonly working: boolean;
  readonly reason: string | null;
  readonly reconstructed: boolean;
  /** Imports with the same one are the same work. */
  readonly importKey: string | null;
  /** A monitor event's `data`; its items are looked for once its policy is known. */
  readonly data: Readonly<Record<string, unknown>> | null;
  /** The many that this one stands for; `null`: only itself. */
  readonly block: Block | null;
}

/** Gives back an equal text that is kept already, so that a million records hold one copy of an agent's id. */
export type Keep = (text: string) => string;

/** The observation in a record; `null` when it says nothing about work (other kinds, erased or unreadable bodies). */
export function observationOf(record: EvidenceRecord, keep: Keep = (text) => text): Observation | null {
  if (record.kind === "message") return messageOf(record, keep);
  if (record.kind === "import") return importOf(record);
  return null;
}

/** An agent's message, wherever it was read. */
export interface ObservedMessage {
  readonly seq: number;
  readonly instanceId: string;
  readonly agentLabel: string;
  readonly stream: string;
  readonly agentSeq: number;
  readonly message: Readonly<Record<string, unknown>>;
  readonly receivedAtMs: number | null;
}

function messageOf(record: Extract<EvidenceRecord, { kind: "message" }>, keep: Keep): Observation | null {
  const observed: ObservedMessage = {
    seq: record.seq,
    instanceId: record.instance_id,
    agentLabel: record.agent_label,
    stream: record.stream ?? "",
    agentSeq: record.agent_seq ?? 0,
    message: record.message,
    receivedAtMs: timeOf(record.received_at),
  };
  return observationOfMessage(observed, keep);
}

/** The observation in a message that needs no record to be read; `null` when it says nothing about work. */
export function observationOfMessage(observed: ObservedMessage, keep: Keep): Observation | null {
  const { message, receivedAtMs: receivedMs } = observed;
  const type = message["type"];
  const data = objectOf(message["data"]);
  if (data === null || (type !== "summary" && type !== "event")) return null;
  const stampMs = timeOf(message["timestamp"]) ?? receivedMs;
  if (stampMs === null) return null;
  const signal = type === "summary" ? objectOf(data["activity_signal"]) : null;
  const working = type === "event" || (signal?.["mode"] === "active" && signal["keep_alive"] === true);
  const reason = textOf(type === "event" ? data["event"] : signal?.["reason"]);
  return {
    kind: type,
    seq: observed.seq,
    instanceId: keep(observed.instanceId),
    stream: keep(observed.stream),
    agentSeq: observed.agentSeq,
    label: keep(observed.agentLabel),
    atMs: receivedMs === null ? stampMs : Math.min(stampMs, receivedMs),
    coversMs: type === "summary" && working ? coversMsOf(message) : 0,
    working,
    reason: reason === null ? null : keep(reason),
    reconstructed: false,
    importKey: null,
    data: type === "event" ? data : null,
    block: null,
  };
}

/** How long a working summary says it covers; `null`: it does not say. */
export function coversMsOf(message: ObservedMessage["message"]): number | null {
  return durationMsOf(objectOf(message["metrics"])?.["interval_s"]);
}

function importOf(record: Extract<EvidenceRecord, { kind: "import" }>): Observation | null {
  const data = objectOf(record.data) ?? {};
  const startMs = timeOf(data["start"]);
  const endMs = timeOf(data["end"]);
  if (startMs === null || endMs === null || endMs < startMs) return null;
  const source = textOf(data["source"]) ?? "";
  const externalId = textOf(data["external_id"]);
  return {
    kind: "import",
    seq: record.seq,
    instanceId: "",
    stream: "",
    agentSeq: 0,
    label: textOf(data["label"]) ?? source,
    atMs: endMs,
    coversMs: endMs - startMs,
    working: true,
    reason: source === "" ? null : source,
    reconstructed: data["confidence"] === "reconstructed",
    importKey: externalId === null ? null : `${source}\n${externalId}`,
    data: null,
    block: null,
  };
}

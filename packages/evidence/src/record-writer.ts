import type {
  AgentStateRecord,
  AggregateRecord,
  ClockStepRecord,
  CorrectionRecord,
  ErasureRecord,
  EvidenceRecord,
  GapRecord,
  ImportRecord,
  PolicyRecord,
} from "@mimolo/protocol";
import type { Ledger } from "@mimolo/ledger";
import { timeOf } from "./loose.ts";

/** Who is behind a record: one agent process. The object may be kept and used for all its records. */
export interface Origin {
  readonly instanceId: string;
  readonly pluginId: string;
  readonly agentLabel: string;
  /** Empty while no process runs (a blocked agent): the record then has none. */
  readonly runId: string;
  readonly trust: "trusted" | "dev";
}

/** An agent's line on its way into the ledger. */
export interface IncomingMessage {
  readonly origin: Origin;
  /** The agent's own bytes, one JSON object without its line end; copied in untouched. */
  readonly line: Uint8Array;
  /** The same, parsed; only its `timestamp` is read. */
  readonly message: Readonly<Record<string, unknown>>;
  readonly receivedAtMs: number;
  readonly stream?: string | undefined;
  readonly agentSeq?: number | undefined;
  /** Names of the privacy rules that changed the line before. */
  readonly redacted?: readonly string[] | undefined;
}

/** Appends MiMoLo's records to a ledger, one method per kind; each returns the record's `seq`. */
export interface RecordWriter {
  message(incoming: IncomingMessage): number;
  gap(data: GapRecord["data"], origin?: Origin): number;
  clockStep(data: ClockStepRecord["data"]): number;
  agentState(data: AgentStateRecord["data"], origin: Origin): number;
  policy(data: PolicyRecord["data"]): number;
  importSpan(data: ImportRecord["data"]): number;
  correction(data: CorrectionRecord["data"]): number;
  aggregate(data: AggregateRecord["data"]): number;
  erasure(data: ErasureRecord["data"]): number;
}

/** Keys stand on disk in this order, whatever order the caller has them in. */
const DATA_KEYS = {
  gap: ["reason", "from", "to", "stream", "seq_from", "seq_to"],
  clock_step: ["at", "by_ms"],
  agent_state: ["state", "health", "condition", "cause", "code", "signal", "uptime_s", "enforced", "unenforced"],
  policy: ["at", "cooldown_seconds", "flush_interval_s", "minimum_segment_s", "day_start", "time_zone", "agents"],
  import: ["start", "end", "source", "external_id", "confidence", "label"],
  correction: ["from", "to", "as", "note"],
  aggregate: ["segment_id", "agent_label", "header", "input_seqs_sha256", "value", "fallback"],
  erasure: ["seq", "leaf", "by", "why"],
} as const satisfies Record<Exclude<EvidenceRecord["kind"], "message">, readonly string[]>;

/** Writes records in the key order of docs/evidence.md. Event times go to the ledger's index: an agent's stamp (never later
 *  than its receipt) or the times in `data`; a record that tells of no time has none. */
export function createRecordWriter(ledger: Pick<Ledger, "append">, clock: { wallMs(): number }): RecordWriter {
  const members = originMembers();
  const messageMembers = lastMembers(members);

  function own(kind: keyof typeof DATA_KEYS, data: object, origin?: Origin): number {
    const nowMs = clock.wallMs();
    const ordered = inOrder({ ...data }, DATA_KEYS[kind]);
    const timeMs = firstTime(ordered, ["from", "start", "at"]);
    const endMs = timeMs === null ? null : firstTime(ordered, ["to", "end"]);
    return ledger.append({
      members: frame(kind, nowMs) + (origin === undefined ? "" : members(origin)),
      bodyKey: "data",
      body: JSON.stringify(ordered),
      timeMs,
      ...(timeMs === null || endMs === null ? {} : { timeEndMs: Math.max(timeMs, endMs) }),
      receivedAtMs: nowMs,
    });
  }

  return {
    message({ origin, line, message, receivedAtMs, stream, agentSeq, redacted }) {
      const numbered = agentSeq === undefined ? "" : `,"agent_seq":${agentSeq}`;
      const isChanged = redacted !== undefined && redacted.length > 0;
      const changed = isChanged ? `,"redacted":${JSON.stringify(redacted)}` : "";
      return ledger.append({
        members: messageMembers(origin, receivedAtMs, stream) + numbered + changed,
        bodyKey: "message",
        body: line,
        timeMs: Math.min(timeOf(message["timestamp"]) ?? receivedAtMs, receivedAtMs),
        receivedAtMs,
      });
    },
    gap: (data, origin) => own("gap", data, origin),
    clockStep: (data) => own("clock_step", data),
    agentState: (data, origin) => own("agent_state", data, origin),
    policy: (data) => own("policy", data),
    importSpan: (data) => own("import", data),
    correction: (data) => own("correction", data),
    aggregate: (data) => own("aggregate", data),
    erasure: (data) => own("erasure", data),
  };
}

function frame(kind: EvidenceRecord["kind"], receivedAtMs: number): string {
  return `"kind":"${kind}","received_at":"${new Date(receivedAtMs).toISOString()}"`;
}

// All lines of a chunk are of one process and were received in the same millisecond.
function lastMembers(members: (origin: Origin) => string) {
  let last: { origin: Origin; receivedAtMs: number; stream: string | undefined; text: string } | null = null;
  return (origin: Origin, receivedAtMs: number, stream: string | undefined): string => {
    if (last?.receivedAtMs === receivedAtMs && last.origin === origin && last.stream === stream) return last.text;
    const ofStream = stream === undefined ? "" : `,"stream":${JSON.stringify(stream)}`;
    const text = frame("message", receivedAtMs) + members(origin) + ofStream;
    last = { origin, receivedAtMs, stream, text };
    return text;
  };
}

function originMembers(): (origin: Origin) => string {
  const known = new WeakMap<Origin, string>();
  return (origin) => {
    const text = known.get(origin) ?? membersOf(origin);
    known.set(origin, text);
    return text;
  };
}

function membersOf({ instanceId, pluginId, agentLabel, runId, trust }: Origin): string {
  const run = runId === "" ? {} : { run_id: runId };
  const fields = { instance_id: instanceId, plugin_id: pluginId, agent_label: agentLabel, ...run, trust };
  return `,${JSON.stringify(fields).slice(1, -1)}`;
}

function inOrder(data: Readonly<Record<string, unknown>>, keys: readonly string[]): Readonly<Record<string, unknown>> {
  if (standsInOrder(data, keys)) return data;
  const known = keys.filter((key) => Object.hasOwn(data, key)).map((key): [string, unknown] => [key, data[key]]);
  const more = Object.entries(data).filter(([key]) => !keys.includes(key));
  return Object.fromEntries([...known, ...more]);
}

// Mostly it does: whoever makes a record writes its fields down as they are listed.
function standsInOrder(data: object, keys: readonly string[]): boolean {
  let place = -1;
  for (const key of Object.keys(data)) {
    place = keys.indexOf(key, place + 1);
    if (place === -1) return false;
  }
  return true;
}

function firstTime(data: Readonly<Record<string, unknown>>, keys: readonly string[]): number | null {
  for (const key of keys) {
    const ms = timeOf(data[key]);
    if (ms !== null) return ms;
  }
  return null;
}

// First half of the slow fold: what each record stands for. Every question is asked anew of all records.
import type { EvidenceRecord, InfrequentEntry } from "@mimolo/protocol";

export type Of<Kind> = Extract<EvidenceRecord, { kind: Kind }>;

/** A span, or what closing gaps left of it. */
export interface Part {
  start: number;
  end: number;
  /** Event time. */
  at: number;
  seq: number;
  opener: number;
  instance: string;
  stream: string;
  agentSeq: number;
  label: string;
  reason: string | null;
  reconstructed: boolean;
  resetting: boolean;
  isImport: boolean;
  header: string | null;
  items: unknown;
}

export interface Hole {
  seq: number;
  from: number;
  to: number;
  reason: string;
}

interface Said {
  type?: string;
  timestamp?: string;
  data?: {
    activity_signal?: { mode: string; keep_alive: boolean | null; reason?: string };
    event?: string;
    payload?: Record<string, unknown>;
    [header: string]: unknown;
  };
  metrics?: { interval_s?: number };
}

export function policyAt(records: readonly EvidenceRecord[], at: number): Of<"policy">["data"] | null {
  const policies = records.filter((r) => r.kind === "policy");
  const first = Math.min(...policies.map((p) => ms(p.data.at)));
  const begun = policies.filter((p) => ms(p.data.at) <= Math.max(at, first));
  return begun.toSorted((a, b) => ms(b.data.at) - ms(a.data.at) || b.seq - a.seq)[0]?.data ?? null;
}

export function cooldown(records: readonly EvidenceRecord[], at: number): number {
  return (policyAt(records, at)?.cooldown_seconds ?? 600) * 1000;
}

export function holes(records: readonly EvidenceRecord[]): Hole[] {
  return records
    .filter((r) => r.kind === "gap")
    .filter((r) => r.instance_id === undefined && ms(r.data.from) <= ms(r.data.to))
    .map((r) => ({ seq: r.seq, from: ms(r.data.from), to: ms(r.data.to), reason: r.data.reason }))
    .toSorted((a, b) => a.from - b.from || a.seq - b.seq);
}

export function closingHoles(records: readonly EvidenceRecord[]): Hole[] {
  return holes(records).filter((g) => g.to - g.from > cooldown(records, g.from));
}

/** True when the hole does not hinder the part. */
export function yields(hole: Hole, part: Part): boolean {
  return hole.reason === "collector-down" && (part.isImport || part.at <= hole.to);
}

export function parts(records: readonly EvidenceRecord[]): Part[] {
  const closing = closingHoles(records);
  return records
    .flatMap((r) => wholeOf(r, records))
    .flatMap((part) =>
      part.resetting
        ? cutBy(
            part,
            closing.filter((g) => !yields(g, part)),
          )
        : [part],
    )
    .toSorted(foldOrder);
}

export function infrequentEntries(records: readonly EvidenceRecord[]): InfrequentEntry[] {
  return records
    .filter((r) => r.kind === "message")
    .filter((r) => isInfrequent(r, records))
    .map((r) => {
      const { data } = said(r);
      return { at: iso(eventTime(r)), seq: r.seq, label: r.agent_label, event: data?.event ?? "", data };
    })
    .toSorted((a, b) => order(a.at, b.at) || a.seq - b.seq);
}

export function foldOrder(a: Part, b: Part): number {
  return (
    a.start - b.start ||
    order(a.instance, b.instance) ||
    order(a.stream, b.stream) ||
    a.agentSeq - b.agentSeq ||
    a.seq - b.seq
  );
}

export function slices(edges: readonly number[]): [number, number][] {
  const sorted = [...new Set(edges)].toSorted((a, b) => a - b);
  return sorted.slice(1).map((b, i) => [sorted[i] ?? b, b]);
}

export function ms(time: string): number {
  return Date.parse(time);
}

export function iso(time: number): string {
  return new Date(time).toISOString();
}

export function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function wholeOf(r: EvidenceRecord, records: readonly EvidenceRecord[]): Part[] {
  if (r.kind === "import") return importOf(r, records);
  if (r.kind !== "message") return [];
  const { type, data, metrics } = said(r);
  if (data === undefined || isInfrequent(r, records)) return [];
  const at = eventTime(r);
  const policy = policyAt(records, at);
  const spec = policy?.agents[r.agent_label];
  const whole = {
    end: at,
    at,
    seq: r.seq,
    opener: r.seq,
    instance: r.instance_id,
    stream: r.stream ?? "",
    agentSeq: r.agent_seq ?? 0,
    label: r.agent_label,
    reconstructed: false,
    isImport: false,
  };
  const resets = spec?.resets_cooldown !== false;
  if (type === "event") {
    const header = spec?.data_header ?? null;
    const items = header === null ? undefined : (data.payload?.[header] ?? data[header]);
    return [{ ...whole, start: at, reason: data.event ?? null, resetting: resets, header, items }];
  }
  const signal = data.activity_signal;
  const works = signal?.mode === "active" && signal.keep_alive === true;
  const cap = (policy?.flush_interval_s ?? 60) * 1000;
  const covers = metrics?.interval_s === undefined ? at - before(r, records) : metrics.interval_s * 1000;
  const start = works ? at - Math.min(cap, covers) : at;
  const reason = signal?.reason ?? null;
  return [{ ...whole, start, reason, resetting: works && resets, header: null, items: undefined }];
}

function importOf(r: Of<"import">, records: readonly EvidenceRecord[]): Part[] {
  const { start, end, source, external_id, confidence, label } = r.data;
  const usable = records.filter((o) => o.kind === "import").filter((o) => ms(o.data.start) <= ms(o.data.end));
  const same = usable.filter((o) => o.data.source === source && o.data.external_id === external_id);
  if (Math.min(...same.map((o) => o.seq)) !== r.seq) return [];
  const nobody = { instance: "", stream: "", agentSeq: 0, header: null, items: undefined };
  const work = { reason: source, reconstructed: confidence === "reconstructed", resetting: true, isImport: true };
  return [{ start: ms(start), end: ms(end), at: ms(end), seq: r.seq, opener: r.seq, label, ...nobody, ...work }];
}

function cutBy(part: Part, closing: readonly Hole[]): Part[] {
  if (part.start === part.end) return closing.some((g) => g.from < part.at && part.at < g.to) ? [] : [part];
  const edges = [part.start, part.end, ...closing.flatMap((g) => [g.from, g.to])];
  const left: Part[] = [];
  for (const [a, b] of slices(edges.filter((t) => t >= part.start && t <= part.end))) {
    if (closing.some((g) => g.from <= a && b <= g.to)) continue;
    const last = left.at(-1);
    if (last?.end === a) last.end = b;
    else if (last === undefined) left.push({ ...part, start: a, end: b });
    else
      left.push({
        ...part,
        start: a,
        end: b,
        opener: Math.min(...closing.filter((g) => g.to === a).map((g) => g.seq)),
      });
  }
  return left;
}

function isInfrequent(r: Of<"message">, records: readonly EvidenceRecord[]): boolean {
  return said(r).type === "event" && policyAt(records, eventTime(r))?.agents[r.agent_label]?.infrequent === true;
}

// Event time of the summary before in the same instance; never when there is none.
function before(r: Of<"message">, records: readonly EvidenceRecord[]): number {
  const key = (o: Of<"message">) => [eventTime(o), o.stream ?? "", o.agent_seq ?? 0, o.seq] as const;
  const earlier = records
    .filter((o) => o.kind === "message")
    .filter((o) => said(o).type === "summary" && o.instance_id === r.instance_id)
    .filter((o) => compareKeys(key(o), key(r)) < 0);
  return Math.max(Number.NEGATIVE_INFINITY, ...earlier.map(eventTime));
}

function compareKeys(
  a: readonly [number, string, number, number],
  b: readonly [number, string, number, number],
): number {
  return a[0] - b[0] || order(a[1], b[1]) || a[2] - b[2] || a[3] - b[3];
}

function eventTime(r: Of<"message">): number {
  return Math.min(ms(said(r).timestamp ?? r.received_at), ms(r.received_at));
}

function said(r: Of<"message">): Said {
  return r.message;
}

import type { EvidenceRecord } from "@mimolo/protocol";
import fc from "fast-check";

const NINE_MS = Date.UTC(2026, 2, 2, 9);

/** Seconds after nine, as records say them. */
export function at(seconds: number): string {
  return new Date(NINE_MS + seconds * 1000).toISOString();
}

export function atMs(seconds: number): number {
  return NINE_MS + seconds * 1000;
}

type Draft = Readonly<Record<string, unknown>>;

const origin = (label: string) => ({
  instance_id: `id-${label}`,
  plugin_id: `local.${label}`,
  agent_label: label,
  run_id: "r1",
  trust: "trusted",
});

/** What a record says, at about the time it is received, or late. */
const late = fc.constantFrom(0, 0, 0, 0, 30, 700, 4_000);

const summary = fc
  .record({ label: fc.constantFrom("a", "b"), late, covers: fc.constantFrom(10, 40, undefined), works: fc.boolean() })
  .map(({ label, late: lateS, covers, works }) => (nowS: number): Draft => {
    const data = works ? { activity_signal: { mode: "active", keep_alive: true, reason: "edits" } } : { cpu: 1 };
    const metrics = covers === undefined ? {} : { metrics: { interval_s: covers } };
    const message = { type: "summary", timestamp: at(nowS - lateS), data, ...metrics };
    return { kind: "message", ...origin(label), message };
  });
const gap = fc.record({ late, s: fc.constantFrom(20, 300) }).map(({ late: lateS, s }) => (nowS: number): Draft => {
  return { kind: "gap", data: { reason: "suspend", from: at(nowS - lateS - s), to: at(nowS - lateS) } };
});
const correction = fc
  .record({ late, s: fc.constantFrom(60, 900), as: fc.constantFrom("work", "idle") })
  .map(({ late: lateS, s, as }) => (nowS: number): Draft => {
    return { kind: "correction", data: { from: at(nowS - lateS - s), to: at(nowS - lateS), as, note: "" } };
  });
const policy = fc
  .record({ cooldown: fc.constantFrom(60, 300), least: fc.constantFrom(0, 0, 15) })
  .map(({ cooldown, least }) => (nowS: number): Draft => {
    const fold = { at: at(nowS), cooldown_seconds: cooldown, flush_interval_s: 60, minimum_segment_s: least };
    return { kind: "policy", data: { ...fold, day_start: "00:00", time_zone: "UTC", agents: {} } };
  });
const erasure = fc.nat().map((which) => (_nowS: number, newest: number): Draft => {
  return { kind: "erasure", data: { seq: 1 + (which % Math.max(1, newest)), leaf: "00", by: "me", why: "x" } };
});

/** One record more, at a time and after so many others. */
export type RecordDraft = (nowS: number, newest: number) => Draft;
export const recordDraft: fc.Arbitrary<RecordDraft> = fc.oneof(
  { arbitrary: summary, weight: 12 },
  { arbitrary: gap, weight: 1 },
  { arbitrary: correction, weight: 1 },
  { arbitrary: policy, weight: 1 },
  { arbitrary: erasure, weight: 1 },
);

export function recordOf(draft: RecordDraft, nowS: number, newest: number): EvidenceRecord {
  const written = { seq: newest + 1, received_at: at(nowS), salt: "A".repeat(22), ...draft(nowS, newest) };
  return written as unknown as EvidenceRecord;
}

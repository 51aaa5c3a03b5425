// Short words for records in tests; times are seconds after 09:00.
import type { EvidenceRecord } from "@mimolo/protocol";
import { foldTimeline, type Timeline } from "../../src/index.ts";

export const NINE_MS = Date.UTC(2026, 2, 2, 9);
export const collectorId = "c0";

export function at(seconds: number): string {
  return new Date(NINE_MS + seconds * 1000).toISOString();
}

export function atMs(seconds: number): number {
  return NINE_MS + seconds * 1000;
}

function from(label: string) {
  return {
    instance_id: `id-${label}`,
    plugin_id: `local.${label}`,
    agent_label: label,
    run_id: "r1",
    trust: "trusted" as const,
  };
}

/** Numbers the drafts from 1 in the order given. */
export function recordsOf(...drafts: readonly object[]): EvidenceRecord[] {
  return drafts.map((draft, index) => {
    return { seq: index + 1, received_at: at(86_400), salt: "A".repeat(22), ...draft } as EvidenceRecord;
  });
}

/** An active summary that saw work for the `intervalS` seconds up to `s`; no interval: the agent says none. */
export function worked(s: number, intervalS?: number, label = "folder", reason = "edits"): object {
  const data = { activity_signal: { mode: "active", keep_alive: true, reason } };
  const metrics = intervalS === undefined ? {} : { metrics: { interval_s: intervalS } };
  return { kind: "message", ...from(label), message: { type: "summary", timestamp: at(s), data, ...metrics } };
}

export function idle(s: number, label = "folder"): object {
  const data = { activity_signal: { mode: "active", keep_alive: false, reason: "nothing happens" } };
  return { kind: "message", ...from(label), message: { type: "summary", timestamp: at(s), data } };
}

export function passive(s: number, label = "load"): object {
  return { kind: "message", ...from(label), message: { type: "summary", timestamp: at(s), data: { cpu: 1 } } };
}

export function happened(s: number, items: unknown, label = "mon"): object {
  const data = { event: "seen", payload: { items } };
  return { kind: "message", ...from(label), message: { type: "event", timestamp: at(s), data } };
}

export function policy(s: number, values: object = {}): object {
  const fold = { at: at(s), cooldown_seconds: 600, flush_interval_s: 60 };
  const rest = { minimum_segment_s: 0, day_start: "00:00", time_zone: "UTC", agents: {} };
  return { kind: "policy", data: { ...fold, ...rest, ...values } };
}

export function gap(fromS: number, toS: number, reason = "suspend", label?: string): object {
  const whose = label === undefined ? {} : from(label);
  return { kind: "gap", ...whose, data: { reason, from: at(fromS), to: at(toS) } };
}

export function imported(fromS: number, toS: number, id: string, confidence = "reconstructed"): object {
  const work = { source: "git", external_id: `git:${id}`, confidence, label: "git-activity" };
  return { kind: "import", data: { start: at(fromS), end: at(toS), ...work } };
}

export function corrected(fromS: number, toS: number, as: "work" | "idle", note = ""): object {
  return { kind: "correction", data: { from: at(fromS), to: at(toS), as, note } };
}

/** The timeline of these records long after. */
export function timelineOf(...drafts: readonly object[]): Timeline {
  return foldTimeline(recordsOf(...drafts), { collectorId, nowMs: atMs(86_400) });
}

/** Segments in short: `[start, end, duration_s]` in seconds after nine. */
export function times({ segments }: Timeline): [number, number, number][] {
  const seconds = (time: string) => (Date.parse(time) - NINE_MS) / 1000;
  return segments.map(({ start, end, duration_s }) => [seconds(start), seconds(end), duration_s]);
}

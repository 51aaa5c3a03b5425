import type { AgentStatus, ControlEvent, ControlNotice, Segment, StatusReport } from "@mimolo/protocol";
import { initialState } from "../../src/page/live/initial.ts";
import type { LiveEffect, LiveEvent, LiveState } from "../../src/page/live/state.ts";
import { step } from "../../src/page/live/step.ts";

export const NOON = Date.parse("2026-11-21T12:00:00.000Z");

/** `12:05` of the day that the tests play on. */
export function at(time: string): string {
  return `2026-11-21T${time}:00.000Z`;
}

export function segment(number: number, from: string, to: string): Segment {
  const duration_s = (Date.parse(at(to)) - Date.parse(at(from))) / 1000;
  const rest = { resets_count: 1, labels: ["work"], reasons: [], aggregated: {}, gaps: [] };
  return { id: `c:${number}`, start: at(from), end: at(to), duration_s, ...rest, confidence: "observed" };
}

export function told(
  type: "segment:opened" | "segment:extended" | "segment:closed",
  seq: number,
  of: Segment,
): ControlEvent {
  return { type, at: of.end, seq, ...of };
}

export function agent(label: string, more: Partial<AgentStatus> = {}): AgentStatus {
  return {
    label,
    plugin_id: `local.${label}`,
    instance_id: "i",
    run_id: "r",
    state: "running",
    health: "ok",
    condition: "free",
    pid: 1,
    restarts: 0,
    last_heartbeat_at: null,
    cpu_percent: null,
    cpu_budget_percent: null,
    memory_mib: null,
    verdict: "trusted",
    granted: [],
    enforced: [],
    unenforced: [],
    counters: { lines: 0, bytes: 0, refused: {}, dropped: {}, paused_ms: 0, restarts: {}, queued_bytes: 0 },
    ...more,
  };
}

export function status(...agents: AgentStatus[]): StatusReport {
  const collector = {
    pid: 1,
    started_at: at("08:00"),
    uptime_s: 1,
    mode: "release" as const,
    data_dir: "/d",
    version: "0.4.0",
    address: null,
    budget: { sum: 0, scale: 1, reasons: [] },
  };
  return { collector, agents };
}

/** Plays events one after the other; `asked` is what each led to, in its order. */
export function play(
  events: readonly LiveEvent[],
  from: LiveState = initialState,
): { state: LiveState; asked: LiveEffect[] } {
  let state = from;
  const asked: LiveEffect[] = [];
  for (const event of events) {
    const next = step(state, event);
    state = next.state;
    asked.push(...next.effects);
  }
  return { state, asked };
}

export function says(...messages: Extract<LiveEvent, { type: "told" }>["messages"]): LiveEvent {
  return { type: "told", messages, atMs: NOON };
}

export function subscribed(through: number): ControlNotice {
  return { type: "subscribed", at: at("12:00"), subscribe: [], through };
}

/** Signed in, connected, with the segments read. */
export function running(segments: readonly Segment[] = [], open: Segment | null = null, through = 10): LiveState {
  return play([
    { type: "started", atMs: NOON, hasToken: true },
    { type: "socket-opened" },
    says(subscribed(through)),
    { type: "status-read", status: status(agent("work")) },
    { type: "timeline-read", fromMs: NOON - 48 * 3_600_000, segments, open },
  ]).state;
}

// What the page knows of the collector, kept current by events.
import type { AgentStatus, ControlEvent, ControlNotice, LogLine, Segment, StatusReport } from "@mimolo/protocol";

export type EvidenceRecord = Extract<ControlEvent, { type: "evidence:committed" }>["record"];

export type Connection =
  /** No token, or it is good no more. */
  | { readonly name: "signed-out"; readonly why: string | null }
  | { readonly name: "connecting"; readonly failures: number }
  | { readonly name: "open" }
  /** Tries again at `retryAtMs`. */
  | { readonly name: "waiting"; readonly failures: number; readonly retryAtMs: number; readonly why: string };

/** A heartbeat's figures, for a sparkline. */
export interface Beat {
  readonly atMs: number;
  /** Percent of one core; null where it did not say. */
  readonly cpuPercent: number | null;
  readonly memoryMib: number | null;
}

export interface LiveState {
  readonly connection: Connection;
  /** `null` until it answered once. */
  readonly collector: StatusReport["collector"] | null;
  /** In the collector's order; `null` until it answered once. */
  readonly agents: readonly AgentStatus[] | null;
  /** The newest beats of each agent, oldest first, at most 60; none of an agent that is gone. */
  readonly beats: Readonly<Record<string, readonly Beat[]>>;
  /** Segments that touch the time since `segmentsFromMs`, oldest first, without the open one; at most 2,000. */
  readonly segments: readonly Segment[];
  readonly segmentsFromMs: number;
  /** The one that may still grow. */
  readonly open: Segment | null;
  /** Were the segments read yet? */
  readonly hasSegments: boolean;
  /** Ids of the segments that came since it was asked for what was missed; `null` when nothing is being made up for. */
  readonly resuming: readonly string[] | null;
  /** What some views want to hear beside the usual, as `subscribe` names it. */
  readonly extra: readonly string[];
  /** The newest record that is known to be there; 0 before any. */
  readonly seq: number;
  /** The newest records, newest last, at most 500; only while somebody wants `evidence:*`. */
  readonly records: readonly EvidenceRecord[];
  /** The newest lines of diagnostics, newest last, at most 500; only while somebody wants `log`. */
  readonly log: readonly LogLine[];
  /** How often each agent drew a new frame since the page was opened; nothing of one that is gone. */
  readonly frames: Readonly<Record<string, number>>;
  /** Each goes up when something of its kind changed: what a view read itself is read again. */
  readonly changes: Readonly<Record<ChangeKind, number>>;
  /** Events that were let go because the page read too slowly. */
  readonly shed: number;
}

/** `anew`: whatever was told in between may have been missed (another collector, a long sleep): read everything again. */
export type ChangeKind = "plugins" | "segments" | "evidence" | "agents" | "anew";

export type LiveEvent =
  | { readonly type: "started"; readonly atMs: number; readonly hasToken: boolean }
  | { readonly type: "signed-in" }
  | { readonly type: "signed-out"; readonly why: string | null }
  | { readonly type: "socket-opened" }
  | { readonly type: "told"; readonly messages: readonly (ControlEvent | ControlNotice)[]; readonly atMs: number }
  | { readonly type: "socket-closed"; readonly atMs: number; readonly code: number; readonly reason: string }
  | { readonly type: "timer"; readonly timer: "retry" | "status" }
  /** Somebody wants to connect at once: the page is looked at again, the network is back, a button. */
  | { readonly type: "hurried" }
  | { readonly type: "wanted"; readonly extra: readonly string[] }
  | { readonly type: "status-read"; readonly status: StatusReport }
  | {
      readonly type: "timeline-read";
      readonly fromMs: number;
      readonly segments: readonly Segment[];
      readonly open: Segment | null;
    };

export type LiveEffect =
  | { readonly do: "connect" }
  | { readonly do: "disconnect" }
  | { readonly do: "subscribe"; readonly subscribe: readonly string[]; readonly resume?: number }
  | { readonly do: "read-status" }
  | { readonly do: "read-timeline"; readonly fromMs: number }
  | { readonly do: "set-timer"; readonly timer: "retry" | "status"; readonly delayMs: number }
  | { readonly do: "clear-timers" }
  | { readonly do: "forget-token" };

// What `/api/v1/events` carries, and what is said to it.
import { z } from "zod";
import { Timestamp } from "../message/envelope.ts";
import { EvidenceRecord } from "../record/evidence-record.ts";
import { Segment } from "../record/segment.ts";
import { AgentState, AgentCondition, AgentHealth } from "./agent-status.ts";
import { CommandReport } from "./platform-report.ts";
import { LogLine } from "./report.ts";

/** Every type of event there is, in families. */
export const CONTROL_EVENT_TYPES = [
  "agent:state",
  "agent:heartbeat",
  "evidence:committed",
  "segment:opened",
  "segment:extended",
  "segment:closed",
  "segment:revised",
  "plugin:installed",
  "plugin:activated",
  "plugin:deactivated",
  "plugin:unloaded",
  "plugin:message",
  "plugin:command",
  "widget:frame",
  "log",
] as const;
export const ControlEventType = z.enum(CONTROL_EVENT_TYPES);
export type ControlEventType = z.infer<typeof ControlEventType>;

/** The first message to `/api/v1/events`; a later one has `subscribe` alone, which takes the place of what was subscribed. */
export const SubscribeMessage = z.strictObject({
  /** Needed over TCP, unless the upgrade carried it as `Authorization: Bearer`. */
  token: z.string().max(512).optional(),
  /** Types such as `segment:closed`, families such as `agent:*`, or `*`. */
  subscribe: z.array(z.string().min(1).max(64)).max(64),
  /** The highest `seq` seen: evidence above it comes again, then the segments that may have changed since. */
  resume: z.int().nonnegative().optional(),
});
export type SubscribeMessage = z.infer<typeof SubscribeMessage>;

const at = Timestamp;
/** Sequence number in the ledger. */
const seq = z.int().nonnegative();

export const AgentStateControlEvent = z.object({
  type: z.literal("agent:state"),
  at,
  label: z.string(),
  state: AgentState,
  previous: AgentState,
  health: AgentHealth,
  condition: AgentCondition,
  cause: z.string(),
});
export const AgentHeartbeatControlEvent = z.object({
  type: z.literal("agent:heartbeat"),
  at,
  label: z.string(),
  /** As the agent said them. */
  metrics: z.record(z.string(), z.unknown()),
});
export const EvidenceControlEvent = z.object({
  type: z.literal("evidence:committed"),
  at,
  seq,
  /** As `GET /evidence` gives it. */
  record: EvidenceRecord,
});
export const SegmentControlEvent = z.object({
  type: z.enum(["segment:opened", "segment:extended", "segment:closed"]),
  at,
  seq,
  ...Segment.shape,
});
export const SegmentRevisedControlEvent = z.object({
  type: z.literal("segment:revised"),
  at,
  seq,
  ...Segment.shape,
  /** Ids of the segments whose place it takes. */
  replaces: z.array(z.string()),
});
export const PluginInstalledControlEvent = z.object({
  type: z.literal("plugin:installed"),
  at,
  plugin_id: z.string(),
  version: z.string(),
  status: z.string(),
});
export const PluginActivatedControlEvent = z.object({
  type: z.literal("plugin:activated"),
  at,
  plugin_id: z.string(),
  capabilities: z.array(z.string()),
});
export const PluginDeactivatedControlEvent = z.object({
  type: z.literal("plugin:deactivated"),
  at,
  plugin_id: z.string(),
  reason: z.string(),
});
export const PluginUnloadedControlEvent = z.object({ type: z.literal("plugin:unloaded"), at, plugin_id: z.string() });
export const PluginMessageControlEvent = z.object({
  type: z.literal("plugin:message"),
  at,
  from: z.string(),
  to: z.string(),
  content: z.unknown(),
});
export const PluginCommandControlEvent = z.object({ type: z.literal("plugin:command"), at, ...CommandReport.shape });
export const WidgetFrameControlEvent = z.object({ type: z.literal("widget:frame"), at, label: z.string() });
export const LogControlEvent = z.object({
  type: z.literal("log"),
  at,
  /** A line of the diagnostics, as `GET /diagnostics` gives it. */
  line: LogLine,
});

/** One event; each is a WebSocket message of its own. `seq` stands on evidence and segments only: the highest one seen is what to
 *  `resume` with. */
export const ControlEvent = z.discriminatedUnion("type", [
  AgentStateControlEvent,
  AgentHeartbeatControlEvent,
  EvidenceControlEvent,
  SegmentControlEvent,
  SegmentRevisedControlEvent,
  PluginInstalledControlEvent,
  PluginActivatedControlEvent,
  PluginDeactivatedControlEvent,
  PluginUnloadedControlEvent,
  PluginMessageControlEvent,
  PluginCommandControlEvent,
  WidgetFrameControlEvent,
  LogControlEvent,
]);
export type ControlEvent = z.infer<typeof ControlEvent>;

/** What the collector says of the subscription itself. */
export const SubscribedNotice = z.object({
  type: z.literal("subscribed"),
  at,
  subscribe: z.array(z.string()),
  /** The newest durable record; who has seen no event yet resumes with it. */
  through: seq,
});
export const ResumedNotice = z.object({
  type: z.literal("resumed"),
  at,
  through: seq,
  /** The segments that end at or after it came anew: whoever holds others of that time forgets them. */
  segments_from: Timestamp.nullable(),
});
/** Events that this client was too slow for, by type; never evidence or segments. */
export const ShedNotice = z.object({ type: z.literal("shed"), at, dropped: z.record(z.string(), z.int()) });
export const ErrorNotice = z.object({
  type: z.literal("error"),
  at,
  code: z.string(),
  detail: z.string(),
  hint: z.string().optional(),
});
export const ControlNotice = z.discriminatedUnion("type", [SubscribedNotice, ResumedNotice, ShedNotice, ErrorNotice]);
export type ControlNotice = z.infer<typeof ControlNotice>;

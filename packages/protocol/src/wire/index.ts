// The wire without zod and without `node:*`: what an agent loads at run time and what the collector's hot path uses.
export type { Metrics } from "../message/envelope.ts";
export type { EventMessage } from "../message/event.ts";
export type { CallError, RequestMessage, Result } from "../message/call.ts";
export type { Handshake, Metadata, MonitorSpec } from "../message/handshake.ts";
export type { WireMessage } from "../message/message.ts";
export type { Ack, Custom, ErrorMessage, LogLevel, LogMessage, Metric } from "../message/report.ts";
export type { Heartbeat, Mode, Status } from "../message/status.ts";
export type { ActivitySignal, Summary } from "../message/summary.ts";
export type { WidgetClass } from "../message/widget-classes.ts";
export type { WidgetFrame, WidgetMode } from "../message/widget-frame.ts";
export type { WidgetElement, WidgetNode, WidgetTree } from "../message/widget-tree.ts";
export type { WireCommand } from "../command/command.ts";
export type { ArtifactReference, RetentionClass } from "../record/artifact-reference.ts";
export {
  COMMANDS,
  type CommandName,
  DEFAULT_FLUSH_INTERVAL_S,
  DEFAULT_HEARTBEAT_INTERVAL_S,
  DEFAULT_MAX_LINE_BYTES,
  type Feature,
  FEATURES,
  type Health,
  HEALTHS,
  IDENTIFIER_PATTERN,
  LABEL_PATTERN,
  MAX_LINE_BYTES_CEILING,
  MAX_NESTING,
  MAX_STREAM_LENGTH,
  MESSAGE_TYPES,
  type MessageType,
  PROTOCOL_VERSION,
  PROTOCOL_VERSION_PATTERN,
  REFUSED_HEAD_BYTES,
  SEMVER_PATTERN,
  TIMESTAMP_PATTERN,
  WIDGET_FRAME_MAX_LINE_BYTES,
} from "./constants.ts";
export {
  type CommandRefusalCode,
  decodeCommand,
  type DecodedCommand,
  encodeCommand,
} from "./command.ts";
export { type Decoded, decodeLine, type RefusalCode, type RefusedLine } from "./decode.ts";
export { encodeLine } from "./encode-line.ts";
export { isEvidence } from "./guard/evidence-guards.ts";
export { isWireMessage } from "./guard/message-guard.ts";
export { framerMaxLineBytes, maxLineBytesOf } from "./limits.ts";
export { type LineSink, LineSplitter } from "./line-splitter.ts";
export { isOwnRelativePath } from "./own-path.ts";
export { PlainHeartbeats } from "./plain-heartbeat.ts";
export { plainMember, plainObject } from "./plain-json.ts";
export { PlainSummaries } from "./plain-summary.ts";
export { compilePrivacy, compilePrivacyFor, type PrivacyFilter, type PrivacyVerdict } from "./privacy.ts";
export { fieldFault } from "./privacy-field.ts";
export { globPattern, REDACTED, type RegexEngine } from "./privacy-pattern.ts";
export { type PrivacyRule, readPrivacyRules } from "./privacy-rule.ts";
export {
  activityOf,
  metricsOf,
  modeOf,
  type MonitorItems,
  monitorItems,
  readHealth,
} from "./readings.ts";
export { sniffType } from "./sniff.ts";
export { isCalendarDay, parseTimestamp } from "./timestamp.ts";
export { negotiateVersion, type VersionAgreement } from "./version.ts";

// JLP as schemas and types, and everything of `./wire`.
export {
  AckCommand,
  CommittedCommand,
  EventCommand,
  FlushCommand,
  InvokeCommand,
  LifecycleCommand,
  RejectCommand,
  ResponseCommand,
  SegmentCommand,
  SequenceCommand,
  ShutdownCommand,
  StartCommand,
  StatusCommand,
  StopCommand,
  ThrottleCommand,
  WidgetActionCommand,
  WidgetRenderCommand,
  WireCommand,
} from "./command/command.ts";
export { LoginCodeReport, LoginReport, Scope } from "./control/access-report.ts";
export {
  AgentArtifacts,
  ArchiveReport,
  Artifact,
  ArtifactList,
  ArtifactState,
  ArtifactTokenReport,
  PurgePlan,
  PurgeReport,
  RestoreReport,
  Tombstone,
} from "./control/artifact-report.ts";
export {
  AgentCondition,
  AgentCounters,
  AgentHealth,
  AgentState,
  AgentStatus,
  Verdict,
} from "./control/agent-status.ts";
export {
  CONTROL_EVENT_TYPES,
  ControlEvent,
  ControlEventType,
  ControlNotice,
  SubscribeMessage,
} from "./control/control-event.ts";
export {
  ConfigSourceName,
  ConfigValue,
  PluginChangeReport,
  PluginConfigReport,
  PluginState,
  PublishReport,
  RegistryOffer,
  SearchReport,
  UpgradeReport,
} from "./control/plugin-report.ts";
export {
  CommandReport,
  InvokeReport,
  MessageReport,
  PluginReport,
  PluginStats,
  RuleReport,
  RulesReport,
  RulesTestReport,
  TelemetryReport,
} from "./control/platform-report.ts";
export { Problem, ProblemCode } from "./control/problem.ts";
export {
  BudgetReport,
  LedgerFault,
  LogLine,
  PluginFolders,
  PluginProblem,
  RegisteredPlugin,
  RegisterReport,
  StatusReport,
  TimelineReport,
  VerifiedDay,
  VerifyReport,
} from "./control/report.ts";
export {
  AllowReport,
  AuditEntry,
  GrantReport,
  HeldGrants,
  InstallReport,
  KeyReport,
  NewKeyReport,
  RemoveReport,
} from "./control/trust-report.ts";
export { WidgetActionReport, WidgetProblem, WidgetReport } from "./control/widget-report.ts";
export { explainRefusal, type RefusalExplanation } from "./explain.ts";
export { CallError, RequestMessage, Result } from "./message/call.ts";
export { JsonObject, Metrics, Sequence, Timestamp } from "./message/envelope.ts";
export { EventMessage } from "./message/event.ts";
export { Handshake, Metadata, MonitorSpec } from "./message/handshake.ts";
export { WireMessage } from "./message/message.ts";
export { Ack, Custom, ErrorMessage, LogLevel, LogMessage, Metric } from "./message/report.ts";
export { Heartbeat, Mode, Status, WireHealth } from "./message/status.ts";
export { ActivitySignal, Summary } from "./message/summary.ts";
export { WIDGET_CLASSES, type WidgetClass } from "./message/widget-classes.ts";
export { WidgetFrame, WidgetMode } from "./message/widget-frame.ts";
export {
  WIDGET_ATTRIBUTE_PATTERN,
  WIDGET_TAGS,
  WidgetElement,
  WidgetNode,
  WidgetTag,
  WidgetTree,
} from "./message/widget-tree.ts";
export { nearestName, typingSlips } from "./nearest-name.ts";
export {
  BuiltinFilesystem,
  BuiltinPlugin,
  PluginId,
  type RootsFor,
  type RootsSurroundings,
} from "./plugin/builtin-plugin.ts";
export { CAPABILITIES, Capability, type CapabilityFacts, Risk } from "./plugin/capability.ts";
export { type FieldFault, readAuthorTree, readManifestTree } from "./plugin/field-fault.ts";
export { PluginInterface, readPluginInterface } from "./plugin/interface.ts";
export {
  MANIFEST_VERSION,
  MAX_MANIFEST_BYTES,
  PackageFile,
  PluginAuthorFile,
  PluginManifest,
} from "./plugin/manifest.ts";
export { PluginPlatform, SYMBOLIC_ROOT_PATTERN } from "./plugin/manifest-fields.ts";
export { PluginType } from "./plugin/plugin-type.ts";
export { Permission, type PermissionFacts, PERMISSIONS } from "./plugin/permission.ts";
export { PluginRuntime, runtimeOfEntry } from "./plugin/runtime.ts";
export { ArtifactReference, RetentionClass } from "./record/artifact-reference.ts";
export {
  AgentStateRecord,
  AggregateRecord,
  ClockStepRecord,
  CorrectionRecord,
  ErasureRecord,
  EvidenceRecord,
  GapRecord,
  ImportRecord,
  MessageRecord,
  PolicyRecord,
  type RecordKind,
} from "./record/evidence-record.ts";
export { RecordTrust } from "./record/origin.ts";
export { agentSchemaJson } from "./schema/agent-schema.ts";
export { pluginSchemaJson } from "./schema/plugin-schema.ts";
export { InfrequentEntry, Segment, SegmentGap } from "./record/segment.ts";
export {
  activityOf,
  type CommandName,
  type CommandRefusalCode,
  COMMANDS,
  compilePrivacy,
  compilePrivacyFor,
  type Decoded,
  decodeCommand,
  type DecodedCommand,
  decodeLine,
  DEFAULT_FLUSH_INTERVAL_S,
  DEFAULT_HEARTBEAT_INTERVAL_S,
  DEFAULT_MAX_LINE_BYTES,
  encodeCommand,
  encodeLine,
  type Feature,
  FEATURES,
  fieldFault,
  framerMaxLineBytes,
  globPattern,
  type Health,
  HEALTHS,
  IDENTIFIER_PATTERN,
  isCalendarDay,
  isOwnRelativePath,
  isEvidence,
  isWireMessage,
  LABEL_PATTERN,
  type LineSink,
  LineSplitter,
  MAX_LINE_BYTES_CEILING,
  MAX_NESTING,
  MAX_STREAM_LENGTH,
  maxLineBytesOf,
  MESSAGE_TYPES,
  type MessageType,
  metricsOf,
  modeOf,
  type MonitorItems,
  monitorItems,
  negotiateVersion,
  parseTimestamp,
  PlainHeartbeats,
  plainMember,
  plainObject,
  PlainSummaries,
  type PrivacyFilter,
  type PrivacyRule,
  type PrivacyVerdict,
  PROTOCOL_VERSION,
  PROTOCOL_VERSION_PATTERN,
  readHealth,
  readPrivacyRules,
  REDACTED,
  type RegexEngine,
  REFUSED_HEAD_BYTES,
  type RefusalCode,
  type RefusedLine,
  SEMVER_PATTERN,
  sniffType,
  TIMESTAMP_PATTERN,
  type VersionAgreement,
  WIDGET_FRAME_MAX_LINE_BYTES,
} from "./wire/index.ts";

import {
  AgentCounters,
  AgentStatus,
  AllowReport,
  ArtifactReference,
  AuditEntry,
  BudgetReport,
  Capability,
  ControlEvent,
  ControlNotice,
  EvidenceRecord,
  GrantReport,
  HeldGrants,
  InstallReport,
  InvokeReport,
  KeyReport,
  LoginCodeReport,
  LoginReport,
  LogLine,
  MessageReport,
  NewKeyReport,
  PluginChangeReport,
  PluginConfigReport,
  PluginProblem,
  PluginStats,
  Problem,
  ProblemCode,
  RegisteredPlugin,
  RemoveReport,
  RuleReport,
  RulesTestReport,
  Scope,
  Segment,
  StatusReport,
  SubscribeMessage,
  TelemetryReport,
  TimelineReport,
  UpgradeReport,
  Verdict,
  VerifyReport,
} from "@mimolo/protocol";
import { z } from "zod";
import { EditedAgent, EditReport, RemovedAgent } from "../shapes/agent.ts";
import { CapabilityReport, ConfigReport, PluginList } from "../shapes/collector.ts";
import { CorrectionReport, ErasureReport } from "../shapes/evidence.ts";
import { PluginStatusReport } from "../shapes/plugin.ts";
import { AnyReport, RulesList } from "../shapes/report.ts";

/** What has a name in the document; whatever else stands where it is used. */
const named = {
  AgentCounters,
  AgentStatus,
  AllowReport,
  ArtifactReference,
  AuditEntry,
  BudgetReport,
  Capability,
  CapabilityReport,
  ConfigReport,
  ControlEvent,
  ControlNotice,
  CorrectionReport,
  EditedAgent,
  EditReport,
  ErasureReport,
  EvidenceRecord,
  GrantReport,
  HeldGrants,
  InstallReport,
  InvokeReport,
  KeyReport,
  LoginCodeReport,
  LoginReport,
  LogLine,
  MessageReport,
  NewKeyReport,
  PluginChangeReport,
  PluginConfigReport,
  PluginList,
  PluginProblem,
  PluginStats,
  PluginStatusReport,
  Problem,
  ProblemCode,
  RegisteredPlugin,
  RemovedAgent,
  RemoveReport,
  Report: AnyReport,
  RuleReport,
  RulesList,
  RulesTestReport,
  Scope,
  Segment,
  StatusReport,
  SubscribeMessage,
  TelemetryReport,
  TimelineReport,
  UpgradeReport,
  Verdict,
  VerifyReport,
} satisfies Record<string, z.ZodType>;

/** A registry of its own: the one that zod shares belongs to the application. */
export function components() {
  const registry = z.registry<{ id?: string | undefined }>();
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  return registry;
}

/** What comes and goes over `/events`, which no path of HTTP refers to. */
export const ofEvents = ["ControlEvent", "ControlNotice", "SubscribeMessage"] as const;

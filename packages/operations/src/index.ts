export { type Collector, createCollector } from "./collector.ts";
export type { CollectorOptions } from "./collector-options.ts";
export {
  type AgentConfig,
  allowedFiles,
  ConfigError,
  type ConfigErrorCode,
  type ConfigNotice,
  type ConfigOptions,
  type ConfigPlace,
  type ConfigProblem,
  type ConfigSource,
  type Consent,
  consentPath,
  type ControlConfig,
  defaultConfig,
  describeKeys,
  environmentLabel,
  explainAgent,
  explainPlugin,
  type ExplainedValue,
  explainSections,
  type FoundFile,
  type KeyDescription,
  type KeyKind,
  type KnownPlugin,
  loadConfig,
  type LoadedConfig,
  type MonitorConfig,
  type Origin,
  pluginIdOf,
  type PrivacyConfig,
  type RegistryConfig,
  type RuleConfig,
  type RuntimeOverrides,
  type StarterAgent,
  starterConfig,
  type TrustConfig,
  withOverrides,
  withPlugins,
} from "./config/index.ts";
export { allowCommand, type AllowPlace } from "./allow-command.ts";
export { openApiDocument } from "./api/document/open-api-document.ts";
export type { ReportMaker, ReportOptions } from "./api/injected/injected.ts";
export { correct } from "./amend/correct.ts";
export { erase } from "./amend/erase.ts";
export type { ErasureReport, ErasureRequest } from "./amend/erasure.ts";
export type { CorrectionReport, CorrectionRequest } from "./amend/correction.ts";
export { type AnchorOptions, type AnchorReport, anchorGit } from "./anchor/anchor-git.ts";
export { explainFault, type FaultReason } from "@mimolo/ledger";
export type { AgentPlan } from "./agents/plan/agent-plan.ts";
export { type Address, findRunning } from "./control/address.ts";
export { type DataDirectory, dataDirectory, resolveDataDirectory } from "./data-directory.ts";
export { AlreadyRunningError, CollectorError, type CollectorErrorCode } from "./error.ts";
export type { Confirmation } from "./api/confirmations/confirmations.ts";
export type { AgentStateEvent, CollectorEvents } from "./events.ts";
export type { ImportedSpan } from "./journal/import-spans.ts";
export { type ConfigReport, configReport } from "./config-report.ts";
export { type CarriedConsent, type ConfigEdit, editConfig, type EditSource } from "./edit/config-editor.ts";
export type { FirstConfig } from "./edit/begin-file.ts";
export type { ConfigChange } from "./edit/config-change.ts";
export {
  changeIdleSettings,
  type IdleOptions,
  idleSettings,
  switchIdle,
} from "./plugins/switch/without-collector.ts";
export { idleRules, tryIdleRules } from "./rules/without-collector.ts";
export { knownFound } from "./plugins/known-found.ts";
export { knownInstalled } from "./plugins/known-installed.ts";
export { type Described, knownOf } from "./plugins/known-of.ts";
export { labelOf } from "./edit/label-of.ts";
export type { ConfigReader } from "./reload/config-reader.ts";
export type { ChangedAgent, ConfigDiff } from "./reload/diff.ts";
export type { ReloadReport } from "./reload/report.ts";
export { type PrivacyPreview, previewPrivacy, type RulePreview } from "./privacy/preview.ts";
export { Overrides } from "./overrides/overrides.ts";
export { type SettingsEdit, settingsChanged } from "./overrides/settings-changed.ts";
export { type Archive, type EvidenceFilter, openArchive } from "./reading/archive.ts";
export type { HookedPlugin, PluginHooks } from "./plugins/life/hooks.ts";
export type {
  CommandOptions,
  Invocation,
  PluginControl,
  RunningPlugins,
  SettingsChange,
  UpgradeRequest,
} from "./plugins/switch/plugin-control.ts";
export type { Caller, PluginCall } from "./calls/plugin-call.ts";
export type { OutgoingMessage } from "./requests/open-requests.ts";
export { type KnownPlugins, registerReport } from "./register.ts";
export { registerHere, type RegisterOptions } from "./register-here.ts";

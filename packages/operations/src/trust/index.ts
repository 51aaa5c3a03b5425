// What changes trust: by the collector, or where none runs by a command.
export {
  type AllowEntry,
  isScope,
  newestSecretKey,
  parsePublicKey,
  parsePublicKeyFile,
  readTrust,
  scopeCovers,
  shellWord,
  type SigningKey,
  type TrustData,
} from "@mimolo/trust";
export { openPackage, packPlugin, readPluginFile, signPackage } from "@mimolo/trust/package";
export {
  checkedPackage,
  type Offer,
  pick,
  type Picked,
  publish,
  type PublishOptions,
  readSources,
  type ReadSources,
  search,
  type SourceProblem,
  versionsOf,
} from "@mimolo/trust/registry";
export { allowCommand } from "../allow-command.ts";
export { subjectOf } from "../agents/plan/own.ts";
export { dataDirectory } from "../data-directory.ts";
export type { DependencyFault, PluginNeeds } from "../plugins/dependencies/index.ts";
export {
  type InstallPlan,
  type KnownHere,
  knownHere,
  type OfferedUpgrade,
  type PassedOver,
  type NeedsPlan,
  planInstall,
  planNeeds,
  type PlannedPackage,
  type PlanRequest,
  upgradesFor,
} from "../plugins/registry/index.ts";
export { type AuditAction, auditActions, AuditLog, type AuditLogOptions } from "./audit-log.ts";
export { type Decisions, readDecisions } from "./decisions.ts";
export type { BrokenPlugin, InstalledPlugin, StoredPackage } from "./installed-plugin.ts";
export { type Inspection, type InspectOptions, inspect } from "./inspect.ts";
export { readStore, type Store, storeFolder } from "./store.ts";
export { type Granting, grantsIfAllowed } from "./changes/allow.ts";
export type { Replacement, Trial, Tries } from "./trial.ts";
export type {
  AllowRequest,
  Asked,
  AuditFilter,
  CarryRequest,
  GrantRequest,
  InstallRequest,
  NewKeyRequest,
  RevokeKeyRequest,
  TrustDesk,
  TrustKeyRequest,
} from "./trust-desk.ts";
export { type TrustDeskOptions, withTrustDesk } from "./with-trust-desk.ts";

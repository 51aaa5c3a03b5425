// What registries offer, beside what is here.
export { type KnownHere, knownHere } from "./known-here.ts";
export {
  type InstallPlan,
  type PassedOver,
  type PlannedPackage,
  planInstall,
  type PlanRequest,
} from "./plan-install.ts";
export { type NeedsPlan, planNeeds } from "./plan-needs.ts";
export { type OfferedUpgrade, upgradesFor } from "./upgrades.ts";

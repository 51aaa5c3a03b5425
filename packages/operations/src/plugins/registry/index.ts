// What registries offer, beside what is here.
export { type KnownHere, knownHere } from "./known-here.ts";
export type { PassedOver, PlannedPackage } from "./plan.ts";
export { type InstallPlan, planInstall, type PlanRequest } from "./plan-install.ts";
export { type NeedsPlan, planNeeds } from "./plan-needs.ts";
export { type OfferedUpgrade, upgradesFor } from "./upgrades.ts";

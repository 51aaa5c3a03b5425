// What plugins need of each other.
export { breaksRange, dependentsOf } from "./dependents.ts";
export { knownPlugins } from "./known-plugins.ts";
export type { DependencyCode, DependencyFault, PluginNeeds } from "./plugin-needs.ts";
export { pluginRunBy } from "./plugin-run-by.ts";
export { type Resolution, resolveDependencies } from "./resolve.ts";
export { unmetSentences } from "./unmet-sentences.ts";
export { type Around, switchedOff, withNeeded } from "./with-needed.ts";

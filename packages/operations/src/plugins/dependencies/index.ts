// What plugins need of each other.
export { breaksRange, dependentsOf } from "./dependents.ts";
export { knownPlugins } from "./known-plugins.ts";
export type { DependencyFault, PluginNeeds } from "./plugin-needs.ts";
export { pluginRunBy } from "./plugin-run-by.ts";
export { resolveDependencies } from "./resolve.ts";
export { unmetSentences } from "./unmet-sentences.ts";
export { switchedOff, withNeeded } from "./with-needed.ts";

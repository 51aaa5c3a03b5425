// Every view but Today, as one file: they share most of what they are made of, and compress better together.
export { default as agents } from "../views/agents/agents.svelte";
export { default as artifacts } from "../views/artifacts/artifacts.svelte";
export { default as evidence } from "../views/evidence/evidence.svelte";
export { default as plugins } from "../views/plugins/plugins.svelte";
export { default as reports } from "../views/reports/reports.svelte";
export { default as rules } from "../views/rules/rules.svelte";
export { default as settings } from "../views/settings/settings.svelte";
export { default as timeline } from "../views/timeline/timeline.svelte";
export { default as widgets } from "../views/widgets/widgets.svelte";

import type { Component } from "svelte";
import type { IconName } from "../design/index.ts";
import Today from "../views/today/today.svelte";
import type { Route, View } from "./route.ts";

export interface ViewProps {
  readonly route: Route;
}
type ViewComponent = Component<ViewProps>;

export const titles: Readonly<Record<View, string>> = {
  today: "Today",
  timeline: "Timeline",
  agents: "Agents",
  widgets: "Widgets",
  evidence: "Evidence",
  plugins: "Plugins",
  reports: "Reports",
  artifacts: "Artifacts",
  rules: "Rules",
  settings: "Settings",
};

export const viewIcons: Readonly<Record<View, IconName>> = {
  today: "today",
  timeline: "timeline",
  agents: "agents",
  widgets: "widgets",
  evidence: "evidence",
  plugins: "plugins",
  reports: "reports",
  artifacts: "artifacts",
  rules: "rules",
  settings: "settings",
};

/** Today is there at once; each other view comes when it is asked for. */
export const views: Readonly<Record<View, () => ViewComponent | Promise<ViewComponent>>> = {
  today: () => Today,
  timeline: async () => (await import("../views/timeline/timeline.svelte")).default,
  agents: async () => (await import("../views/agents/agents.svelte")).default,
  widgets: async () => (await import("../views/widgets/widgets.svelte")).default,
  evidence: async () => (await import("../views/evidence/evidence.svelte")).default,
  plugins: async () => (await import("../views/plugins/plugins.svelte")).default,
  reports: async () => (await import("../views/reports/reports.svelte")).default,
  artifacts: async () => (await import("../views/artifacts/artifacts.svelte")).default,
  rules: async () => (await import("../views/rules/rules.svelte")).default,
  settings: async () => (await import("../views/settings/settings.svelte")).default,
};

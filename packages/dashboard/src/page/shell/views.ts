import type { Component } from "svelte";
import type { IconName } from "../design/index.ts";
import Agents from "../views/agents/agents.svelte";
import Artifacts from "../views/artifacts/artifacts.svelte";
import Evidence from "../views/evidence/evidence.svelte";
import Plugins from "../views/plugins/plugins.svelte";
import Reports from "../views/reports/reports.svelte";
import Rules from "../views/rules/rules.svelte";
import Settings from "../views/settings/settings.svelte";
import Timeline from "../views/timeline/timeline.svelte";
import Today from "../views/today/today.svelte";
import Widgets from "../views/widgets/widgets.svelte";
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

// All of them in the one file that the page is: they share most of what they are made of, so it compresses better than two would,
// and what is not shown yet is only skimmed by the browser.
const components = {
  today: Today,
  timeline: Timeline,
  agents: Agents,
  widgets: Widgets,
  evidence: Evidence,
  plugins: Plugins,
  reports: Reports,
  artifacts: Artifacts,
  rules: Rules,
  settings: Settings,
} as const;

/** Some look at nothing but what they are about; what they are given beside that is no harm. */
export function viewOf(view: View): ViewComponent {
  return components[view] as ViewComponent;
}

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

/** Today needs no route, and what it is given beside what it needs is no harm. */
const today: ViewComponent = (internals) => Today(internals, {});
const others = () => import("./other-views.ts");
let known: Awaited<ReturnType<typeof others>> | null = null;

/** Today is there at once; the other views come together, when the first of them is asked for. */
export function viewOf(view: View): ViewComponent | Promise<ViewComponent> {
  if (view === "today") return today;
  return known === null ? fetchViews().then((views) => ofAll(views, view)) : ofAll(known, view);
}

/** Some look at nothing but what they are about; what they are given beside that is no harm. */
function ofAll(views: Awaited<ReturnType<typeof others>>, view: Exclude<View, "today">): ViewComponent {
  return views[view] as ViewComponent;
}

/** Fetches the views before somebody asks for one. */
export async function fetchViews(): Promise<Awaited<ReturnType<typeof others>>> {
  known ??= await others();
  return known;
}

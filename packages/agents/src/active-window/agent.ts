// active-window as an agent. It is passive: a window may be in front of nobody.
import { type Clock, defineAgent, type Runnable, systemClock } from "@mimolo/agent-sdk";
import { AGENTS_VERSION } from "../version.ts";
import { type SummaryWindow, summaryWindow } from "../window.ts";
import { type Durations, WindowDurations } from "./durations.ts";
import { readActiveWindowSettings } from "./settings.ts";
import { WindowWatcher } from "./watcher.ts";

/** The `data` of a summary. Where there is no screen to look at, `observed_s` is 0 and `unavailable` says why. */
export interface ActiveWindowData extends Durations, Record<string, unknown> {
  readonly schema: "active_window.summary.v1";
  readonly window: SummaryWindow;
  readonly unavailable?: string;
}

/** The agent for an environment such as `process.env`. */
export function activeWindowAgent(
  environment: Readonly<Record<string, string | undefined>>,
  { clock = systemClock }: { readonly clock?: Clock } = {},
): Runnable {
  const durations = new WindowDurations();
  let titles = false;
  const watcher = new WindowWatcher({ durations, clock, environment, titles: () => titles });
  let startMs = clock.wallMs();

  return defineAgent({
    id: "mimolo.active-window",
    version: AGENTS_VERSION,
    provides: ["active_window.summary.v1"],
    pending: () => 0,
    onInitialize({ context }) {
      const settings = readActiveWindowSettings(context.config);
      for (const problem of settings.problems) context.log.warning(`${problem}; the default holds`);
      titles = settings.titles;
    },
    onSuspend: () => watcher.pause(),
    onUnload: () => watcher.close(),
    async sample({ context }) {
      await watcher.look();
      if (watcher.trouble === null) context.status("ok");
      else context.status("degraded", watcher.trouble);
    },
    summarize() {
      const endMs = clock.wallMs();
      const data: ActiveWindowData = {
        schema: "active_window.summary.v1",
        window: summaryWindow(startMs, endMs),
        ...durations.take(clock.ticksMs()),
        ...(watcher.trouble === null ? {} : { unavailable: watcher.trouble }),
      };
      startMs = endMs;
      return { data, activity: "passive" };
    },
  });
}

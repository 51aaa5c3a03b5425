import type { Listeners } from "./opened.ts";
import type { Platform } from "./platform/platform.ts";
import type { OpenedPlugins } from "./plugins/open-plugins.ts";
import type { ConfigFollower } from "./reload/follower.ts";

/** Those who are made of what was opened hear of it from now on. */
export function connect(
  listeners: Listeners,
  to: {
    readonly config: Pick<ConfigFollower, "allowedMore">;
    readonly plugins: OpenedPlugins;
    readonly platform: Platform;
  },
): void {
  const { config, plugins, platform } = to;
  listeners.planned = (plans) => {
    plugins.planned(plans);
    platform.rules.configured();
  };
  listeners.trustChanged = () => {
    config.allowedMore();
    plugins.trustChanged();
    platform.rules.configured();
  };
  listeners.healthy = (plan) => plugins.healthy(plan);
  listeners.removed = (id) => plugins.removed(id);
  listeners.tries = (trial) => plugins.tries(trial);
  listeners.judgesSettings = (plan) => platform.judged(plan);
}

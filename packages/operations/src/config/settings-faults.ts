/** What a layer would do to an agent's settings that its plugin does not allow. */
import type { ConfigProblem } from "./error.ts";
import type { KnownPlugin } from "./known-plugin.ts";
import type { ConfigLayer } from "./layer.ts";
import type { Merged } from "./merge.ts";

export interface SettingsFaults {
  readonly problems: readonly ConfigProblem[];
  /** The plugin's own keys that are at fault. */
  readonly keys: ReadonlySet<string>;
}

/** Problems that this layer would bring; those that are there without it are not its own. */
export function settingsFaults(
  _below: Merged,
  _label: string,
  _layer: ConfigLayer,
  _plugin: KnownPlugin | undefined,
): SettingsFaults {
  return { problems: [], keys: new Set() };
}

// Settings of a plugin, changed while it runs and kept.
import type { ConfigInEffect } from "../../config-in-effect.ts";
import { settingsChanged } from "../../overrides/settings-changed.ts";
import type { Planned } from "../../reload/planned.ts";
import type { SettingsChange } from "./plugin-control.ts";
import type { PluginSwitch } from "./plugin-switch.ts";

interface Around {
  readonly effect: ConfigInEffect;
  readonly switches: Pick<PluginSwitch, "apply">;
  current(): Planned;
}

/** Applies the change to exactly the agents concerned and keeps it, for those who have their turn. Throws `CollectorError`:
 *  `bad-setting` for what the plugin does not allow, `rolled-back` when an agent does not come up with it. */
export async function configured(id: string, change: SettingsChange, around: Around): Promise<void> {
  const { effect, switches, current } = around;
  const { written, config } = current();
  const known = effect.settingsKnown(written, [id]);
  const edit = { pluginId: id, values: change.values, label: change.label };
  const next = settingsChanged(effect.overlay.overrides, edit, { config, known });
  await switches.apply({ ...effect.overlay, overrides: next }, `the settings of ${id} were not changed`);
}

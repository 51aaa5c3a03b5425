// Settings of a plugin, changed while it runs and kept.
import type { ConfigInEffect } from "../../config-in-effect.ts";
import { settingsChanged } from "../../overrides/settings-changed.ts";
import type { Planned } from "../../reload/planned.ts";
import type { SettingsChange } from "./plugin-control.ts";
import { type AskAboutSettings, askedFirst } from "./asked-first.ts";
import type { Overlay } from "./overlay.ts";
import type { PluginSwitch } from "./plugin-switch.ts";

interface Around {
  readonly effect: ConfigInEffect;
  readonly switches: Pick<PluginSwitch, "apply">;
  current(): Planned;
  /** Absent: nobody is asked. */
  readonly ask?: AskAboutSettings | undefined;
}

/** Applies the change to exactly the agents concerned and keeps it, for those who have their turn. Throws `CollectorError`:
 *  `bad-setting` for what the plugin does not allow, `rolled-back` when an agent does not come up with it. */
export async function configured(id: string, change: SettingsChange, around: Around): Promise<void> {
  const { effect, switches, current, ask } = around;
  const { written, config } = current();
  const known = effect.settingsKnown(written, [id]);
  const edit = { pluginId: id, values: change.values, label: change.label };
  const next = settingsChanged(effect.overlay.overrides, edit, { config, known });
  const overlay = { ...effect.overlay, overrides: next };
  if (ask !== undefined) await askedFirst(id, current().plans, plansUnder(overlay, around), ask);
  await switches.apply(overlay, `the settings of ${id} were not changed`);
}

/** What would run with that laid over what is written; changes nothing. */
function plansUnder(overlay: Overlay, { effect, current }: Pick<Around, "effect" | "current">): Planned["plans"] {
  const before = effect.overlay;
  effect.use(overlay);
  try {
    return effect.planned(current().written).plans;
  } finally {
    effect.use(before);
  }
}

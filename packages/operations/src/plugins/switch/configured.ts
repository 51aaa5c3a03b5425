// Settings of a plugin, changed while it runs and kept.
import type { ConfigInEffect } from "../../config-in-effect.ts";
import { LABEL_PATTERN } from "@mimolo/protocol";
import type { RuntimeOverrides } from "../../config/index.ts";
import { CollectorError } from "../../error.ts";
import type { Planned } from "../../reload/planned.ts";
import { knownOf } from "./in-the-way.ts";
import { labelsOf } from "./overlay.ts";
import type { SettingsChange } from "./plugin-control.ts";
import type { PluginSwitch } from "./plugin-switch.ts";

/** What it is that runs is not for changing while it runs. */
const NOT_HERE: ReadonlySet<string> = new Set(["plugin", "executable"]);

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
  const known = effect.known(written, [id]);
  knownOf(known, config, id);
  const label = change.label === undefined ? undefined : labelAmong(labelsOf(config, id, known), change.label, id);
  const refused = Object.keys(change.values).find((key) => NOT_HERE.has(key));
  if (refused !== undefined) {
    const message = `${refused} cannot be changed while the collector runs`;
    throw new CollectorError("bad-setting", message, "set it in mimolo.toml", { reason: "not-here" });
  }
  const { overrides } = effect.overlay;
  const next = withValues(overrides, id, label, change.values);
  effect.refuseBadSettings(written, next);
  await switches.apply({ ...effect.overlay, overrides: next }, `the settings of ${id} were not changed`);
}

/** `values` over those that are kept; `null` takes one back. */
export function withValues(
  overrides: RuntimeOverrides,
  id: string,
  label: string | undefined,
  values: SettingsChange["values"],
): RuntimeOverrides {
  const section = label === undefined ? "plugins" : "agents";
  const name = label ?? id;
  const all = overrides[section];
  const kept = all !== undefined && Object.hasOwn(all, name) ? all[name] : {};
  const merged = Object.entries({ ...kept, ...values }).filter(([, value]) => value !== null);
  return { ...overrides, [section]: { ...all, [name]: Object.fromEntries(merged) } };
}

function labelAmong(labels: readonly string[], label: string, id: string): string {
  const found = labels.find((each) => each.toLowerCase() === label.toLowerCase());
  if (found !== undefined) return found;
  const hint =
    labels.length === 0 ? `no agent runs it; mimolo plugin enable ${id}` : `it is run by ${labels.join(", ")}`;
  if (!LABEL_PATTERN.test(label)) throw new CollectorError("unknown-agent", `"${label}" is no label`, hint);
  throw new CollectorError("unknown-agent", `there is no agent "${label}" that runs ${id}`, hint);
}

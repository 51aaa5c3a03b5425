// What a plugin is told, and whether it is on, where no collector runs: as one that starts would have it.
import type { PluginChangeReport, PluginConfigReport } from "@mimolo/protocol";
import { Planner } from "../../agents/plan/planner.ts";
import { unseenSettings } from "../../agents/unseen-settings.ts";
import type { CollectorOptions } from "../../collector-options.ts";
import { ConfigInEffect } from "../../config-in-effect.ts";
import { type LoadedConfig, type RuntimeOverrides, withPlugins } from "../../config/index.ts";
import { dataDirectory } from "../../data-directory.ts";
import { Overrides } from "../../overrides/overrides.ts";
import { settingsChanged } from "../../overrides/settings-changed.ts";
import { withKept } from "../../overrides/with-kept.ts";
import type { ReloadReport } from "../../reload/report.ts";
import type { SettingsChange } from "./plugin-control.ts";
import { PluginSwitch } from "./plugin-switch.ts";

/** What a collector would be made with. */
export type IdleOptions = Pick<CollectorOptions, "dataDir" | "builtins" | "config" | "plugins" | "cwd" | "env">;

/** Every setting that agents of a plugin would be given, with its source. Throws `CollectorError` as `PluginControl` does. */
export function idleSettings(options: IdleOptions, id: string, label?: string): PluginConfigReport {
  const { current } = Overrides.open(dataDirectory(options.dataDir).overrides);
  return explained(groundOf(options, current), id, label);
}

/** Changes settings for the next start. Throws `CollectorError` as `PluginControl` does, `AlreadyRunningError` beside a
 *  collector. */
export function changeIdleSettings(
  options: IdleOptions,
  id: string,
  { values, label }: Omit<SettingsChange, "by">,
): Promise<PluginConfigReport> {
  return withKept(options.dataDir, (kept) => {
    const { effect, written } = groundOf(options, kept.current);
    const known = effect.settingsKnown(written, [id]);
    const next = settingsChanged(kept.current, { pluginId: id, values, label }, { config: written, known });
    kept.change(() => next);
    const ground = groundOf(options, kept.current);
    const warnings = unseen(ground, options, { id, label, keys: Object.keys(values) });
    return { ...explained(ground, id, label), ...(warnings.length > 0 && { warnings }) };
  });
}

/** Switches a plugin on or off for the next starts. Throws `CollectorError` as `PluginControl` does, `AlreadyRunningError`
 *  beside a collector. */
export function switchIdle(
  options: IdleOptions,
  verb: "enable" | "disable",
  id: string,
  by: string,
): Promise<PluginChangeReport> {
  return withKept(options.dataDir, async (kept) => {
    const { effect, written, planner } = groundOf(options, kept.current);
    const whyBlocked = (label: string) => {
      const plans = planner.planLoosely(effect.of(written));
      return plans.find((plan) => plan.label === label)?.blocked ?? null;
    };
    const switches = new PluginSwitch({
      effect,
      reloader: {
        inTurn: (act) => act(),
        // Nothing runs, so nothing is to be planned: what else is wrong in the configuration is for the start to say.
        apply: () => Promise.resolve(NOTHING_RUNS),
      },
      current: () => ({ written, config: effect.of(written), plans: [] }),
      stateOf: () => "discovered",
      whyBlocked,
      keep: (next) => kept.change(() => next),
      say: () => undefined,
    });
    const report = await switches[verb](id, by);
    if (!report.message.startsWith(`${id} is ${report.outcome}: `)) return report;
    if (verb === "disable" || report.agents.length === 0)
      return { ...report, message: "it counts from the next start" };
    const held = report.agents.flatMap((label) => {
      const why = whyBlocked(label);
      return why === null ? [] : [`; as things stand, ${label} will be blocked: ${why}`];
    });
    return { ...report, message: `${report.agents.join(", ")} runs from the next start${held.join("")}` };
  });
}

const NOTHING_RUNS: ReloadReport = { outcome: "reloaded", message: "", reasons: [], blocked: [] };

interface Ground {
  readonly effect: ConfigInEffect;
  readonly written: LoadedConfig;
  readonly planner: Planner;
}

function groundOf(options: IdleOptions, kept: RuntimeOverrides): Ground {
  const planner = new Planner(options, dataDirectory(options.dataDir));
  const written = withPlugins(options.config, options.plugins ?? {}, options.cwd);
  return { effect: new ConfigInEffect(planner, kept), written, planner };
}

function unseen(
  { effect, written, planner }: Ground,
  { dataDir, env = process.env }: IdleOptions,
  { id, label, keys }: { readonly id: string; readonly label: string | undefined; readonly keys: readonly string[] },
): string[] {
  const around = { dataDir, env, confines: () => planner.ground.sandbox.bubblewrap !== null };
  return planner
    .planLoosely(effect.of(written))
    .filter((plan) => plan.pluginId === id && (label ?? plan.label) === plan.label)
    .flatMap((plan) => unseenSettings(plan, around, keys));
}

function explained({ effect, written }: Ground, id: string, label?: string): PluginConfigReport {
  return effect.explained({ written, config: effect.of(written) }, id, label);
}

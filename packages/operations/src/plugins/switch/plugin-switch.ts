// Plugins on and off while a collector runs.
import type { PluginChangeReport, PluginState } from "@mimolo/protocol";
import type { ConfigInEffect } from "../../config-in-effect.ts";
import type { LoadedConfig } from "../../config/index.ts";
import { CollectorError } from "../../error.ts";
import type { Planned } from "../../reload/planned.ts";
import type { Reloader } from "../../reload/reloader.ts";
import { type PluginNeeds, withNeeded } from "../dependencies/index.ts";
import { isHere, knownOf, refuseMissing, refuseNeeded, refuseShadowed } from "./in-the-way.ts";
import { labelsOf, type Overlay, runningLabels } from "./overlay.ts";
import { forgotten, switchedOff, switchedOn } from "./switched.ts";

export interface SwitchParts {
  readonly effect: ConfigInEffect;
  readonly reloader: Pick<Reloader, "inTurn" | "apply">;
  current(): Planned;
  stateOf(id: string): PluginState;
  /** Why this agent is held back; `null` when it is not. */
  whyBlocked(label: string): string | null;
  /** Writes down what is kept over restarts; throws when it cannot. */
  keep(overrides: Overlay["overrides"]): void;
  say(message: string): void;
}

type Outcome = PluginChangeReport["outcome"];

/** What a change of what is on comes to; `null` when it is so already. */
interface Switched {
  readonly overlay: Overlay;
  readonly outcome: Outcome;
}

/** Loads, unloads, enables and disables: each is another configuration in effect, taken wholly or not at all. */
export class PluginSwitch {
  readonly #parts: SwitchParts;

  constructor(parts: SwitchParts) {
    this.#parts = parts;
  }

  load(id: string, by: string): Promise<PluginChangeReport> {
    return this.#change(id, by, (plugin, known) => {
      refuseShadowed(known, this.#config, id);
      if (this.#labels(id, known).length > 0) return null;
      if (plugin.disabled === true) {
        const hint = `mimolo plugin enable ${id}`;
        throw new CollectorError("dependency", `${id} is disabled`, hint, { reason: "disabled" });
      }
      const { loads, unloads } = this.#overlay;
      const needs = refuseMissing(known, id);
      const back = unloads.filter((each) => each !== id && !needs.includes(each));
      return { overlay: { ...this.#overlay, loads: [...loads, id], unloads: back }, outcome: "loaded" };
    });
  }

  unload(id: string, by: string): Promise<PluginChangeReport> {
    return this.#change(id, by, (_plugin, known) => {
      if (this.#labels(id, known).length === 0) return null;
      refuseNeeded(known, id, "unload", (each) => this.#labels(each, known).length > 0);
      const { loads, unloads } = this.#overlay;
      const rest = loads.filter((each) => each !== id);
      return { overlay: { ...this.#overlay, loads: rest, unloads: [...unloads, id] }, outcome: "unloaded" };
    });
  }

  enable(id: string, by: string): Promise<PluginChangeReport> {
    return this.#change(id, by, (plugin, known) => {
      const { overrides, loads, unloads } = this.#overlay;
      const kept = this.#parts.effect.kept(this.#written);
      refuseShadowed(known, kept, id);
      const isOn = runningLabels(kept, id, known).length > 0 && plugin.disabled !== true;
      if (isOn && !unloads.includes(id)) return null;
      refuseMissing(
        known.map((each) => (each.id === id ? { ...each, disabled: false } : each)),
        id,
      );
      const label = labelsOf(kept, id, known).length > 0 ? null : newLabel(kept, id, known);
      const next = isOn ? overrides : switchedOn(overrides, id, label);
      const [on, off] = [loads, unloads].map((ids) => ids.filter((each) => each !== id));
      return { overlay: { overrides: next, loads: on ?? [], unloads: off ?? [] }, outcome: "enabled" };
    });
  }

  /** Of one that is here no more, what was kept is forgotten. */
  async disable(id: string, by: string): Promise<PluginChangeReport> {
    const isGone = () => !isHere(this.#parts.effect.known(this.#written, [id]), this.#config, id);
    if (await this.forget(id, isGone)) {
      const message = `${id} is not here any more; what was kept for it is forgotten`;
      this.#parts.say(`${message} (${by})`);
      return this.#report({ id, version: "", dependencies: {} }, "disabled", [], message);
    }
    return this.#change(id, by, (plugin, known) => {
      if (plugin.disabled === true && this.#labels(id, known).length === 0) return null;
      refuseNeeded(known, id, "disable", (each) => this.#labels(each, known).length > 0);
      const { overrides, loads, unloads } = this.#overlay;
      const rest = loads.filter((each) => each !== id);
      return { overlay: { overrides: switchedOff(overrides, id), loads: rest, unloads }, outcome: "disabled" };
    });
  }

  /** Keeps nothing more for a plugin that was taken out, and lets go what is there for it alone; whether there was anything. Throws
   *  what the disk says. */
  forget(id: string, may: () => boolean = () => true): Promise<boolean> {
    return this.#parts.reloader.inTurn(async () => {
      const { overrides, loads, unloads } = this.#overlay;
      const next = forgotten(overrides, id);
      if (next === overrides || !may()) return false;
      const overlay = { overrides: next, loads, unloads };
      try {
        await this.apply(overlay, `what was kept for ${id} was not forgotten`);
      } catch (error) {
        if (!(error instanceof CollectorError)) throw error;
        // What is written does not hold without it either: it is gone all the same.
        this.#parts.effect.use(overlay);
        this.#parts.keep(next);
      }
      return true;
    });
  }

  /** Applies another overlay for those who have their turn, and keeps what of it is to be kept. Throws `CollectorError`
   *  `rolled-back`, and what runs and what is kept is as it was. */
  async apply(next: Overlay, what: string): Promise<void> {
    const { effect, reloader } = this.#parts;
    const before = this.#overlay;
    const go = async (overlay: Overlay) => {
      effect.use(overlay);
      return await reloader.apply(() => this.#written);
    };
    const report = await go(next).catch((error: unknown) => {
      effect.use(before);
      throw error;
    });
    if (report.outcome === "rolled-back" || report.outcome === "refused") {
      effect.use(before);
      const why = report.reasons.length === 0 ? report.message : report.reasons.join("; ");
      throw new CollectorError(
        "rolled-back",
        `${what}: ${why}`,
        "nothing was changed; `mimolo logs` has its last words",
      );
    }
    if (next.overrides === before.overrides) return;
    try {
      this.#parts.keep(next.overrides);
    } catch (error) {
      await go(before);
      throw error;
    }
  }

  #change(
    id: string,
    by: string,
    decide: (plugin: PluginNeeds, known: readonly PluginNeeds[]) => Switched | null,
  ): Promise<PluginChangeReport> {
    return this.#parts.reloader.inTurn(async () => {
      const known = this.#parts.effect.known(this.#written, [id]);
      const plugin = knownOf(known, this.#config, id);
      const switched = decide(plugin, known);
      const before = this.#labels(id, known);
      if (switched === null) {
        const message = [`${id} is ${before.length === 0 ? "off" : "on"} already`, ...this.#blocked(before)].join("; ");
        return this.#report(plugin, "unchanged", before, message);
      }
      await this.apply(switched.overlay, `${id} was not ${switched.outcome}`);
      const after = this.#labels(id, known);
      await this.#refuseBlocked(plugin, switched.outcome, after);
      const labels = after.length === 0 ? before : after;
      const held = this.#blocked(after);
      const said = held.length === 0 ? saidOf(labels, after.length > 0) : held.join("; ");
      const message = `${id} is ${switched.outcome}: ${said}`;
      this.#parts.say(`${message} (${by})`);
      return this.#report(plugin, switched.outcome, labels, message);
    });
  }

  /** Whoever loads a plugin wants it to run; one that may not is not loaded. */
  async #refuseBlocked({ id }: PluginNeeds, outcome: Outcome, labels: readonly string[]): Promise<void> {
    const plans = this.#parts.current().plans.filter(({ label }) => labels.includes(label));
    const why = plans.flatMap(({ blocked }) => blocked ?? []);
    if (outcome !== "loaded" || why.length === 0 || why.length < plans.length) return;
    const { loads } = this.#overlay;
    await this.apply({ ...this.#overlay, loads: loads.filter((each) => each !== id) }, `${id} was not loaded`);
    throw new CollectorError(
      "blocked",
      `${id} was not loaded, it is blocked: ${why[0]}`,
      `mend that, then: mimolo plugin load ${id}`,
    );
  }

  #report(plugin: PluginNeeds, outcome: Outcome, agents: readonly string[], message: string): PluginChangeReport {
    const { id: plugin_id, version } = plugin;
    return { plugin_id, version, state: this.#parts.stateOf(plugin_id), outcome, agents: [...agents], message };
  }

  #blocked(labels: readonly string[]): string[] {
    return labels.flatMap((label) => {
      const why = this.#parts.whyBlocked(label);
      return why === null ? [] : [`${label} is blocked: ${why}`];
    });
  }

  #labels(id: string, known: readonly PluginNeeds[]): string[] {
    return runningLabels(this.#config, id, known);
  }

  get #overlay(): Overlay {
    return this.#parts.effect.overlay;
  }

  get #config(): LoadedConfig {
    return this.#parts.current().config;
  }

  get #written(): LoadedConfig {
    return this.#parts.current().written;
  }
}

/** The label it gets when nobody gave it one. */
function newLabel(config: LoadedConfig, id: string, known: readonly PluginNeeds[]): string | null {
  const enabled = known.map((each) => (each.id === id ? { ...each, disabled: false } : each));
  return labelsOf(withNeeded(config, { known: enabled, loads: [id] }), id, known)[0] ?? null;
}

function saidOf(labels: readonly string[], runs: boolean): string {
  if (labels.length === 0) return "it has no agent";
  return `${labels.join(", ")} ${runs ? "started" : "ended"}`;
}

// The configuration that holds while a collector runs, of which what is written is only the ground.
import type { Planner } from "./agents/plan/planner.ts";
import { type KnownPlugin, type LoadedConfig, type RuntimeOverrides, withOverrides } from "./config/index.ts";
import { type PluginNeeds, withNeeded } from "./plugins/dependencies/index.ts";
import { type Overlay, withoutUnloaded } from "./plugins/switch/overlay.ts";
import type { Planned } from "./reload/planned.ts";

/** Lays over what is written what was changed while a collector ran, then adds what plugins need. */
export class ConfigInEffect {
  readonly #planner: Planner;
  #overlay: Overlay;

  constructor(planner: Planner, overrides: RuntimeOverrides) {
    this.#planner = planner;
    this.#overlay = { overrides, loads: [], unloads: [] };
  }

  get overlay(): Overlay {
    return this.#overlay;
  }

  /** Goes by this from now on; writes nothing down. */
  use(overlay: Overlay): void {
    this.#overlay = overlay;
  }

  /** Every plugin that is here, as far as others may need it; `asked` too, where it merely lies about. */
  known(written: LoadedConfig, asked: readonly string[] = []): readonly PluginNeeds[] {
    const { overrides, loads } = this.#overlay;
    return this.#planner.known(written, [...loads, ...asked], overrides);
  }

  /** With what is kept, but nothing of this run and nothing that is there for others. */
  kept(written: LoadedConfig, overrides = this.#overlay.overrides): LoadedConfig {
    return withOverrides(written, overrides, this.settingsKnown(written));
  }

  /** Every plugin that is here, as far as settings are concerned. */
  settingsKnown(written: LoadedConfig): readonly KnownPlugin[] {
    return this.#planner.settingsKnown(written);
  }

  of(written: LoadedConfig): LoadedConfig {
    const { overrides, loads, unloads } = this.#overlay;
    const known = this.known(written);
    const wanted = withoutUnloaded(this.kept(written), unloads, known);
    const needed = withNeeded(wanted, { known, loads, overrides });
    // What was changed for a plugin holds for agents that are there for others, too, and is held to its schema there.
    return withoutUnloaded(withOverrides(needed, overrides, this.settingsKnown(written)), unloads, known);
  }

  /** What it means here. Throws `CollectorError` when a program or plugin does not exist. */
  planned(written: LoadedConfig): Planned {
    const config = this.of(written);
    return { written, config, plans: this.#planner.plan(config) };
  }
}

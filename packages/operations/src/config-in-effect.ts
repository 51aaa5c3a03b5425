// The configuration that holds while a collector runs, of which what is written is only the ground.
import type { PluginConfigReport } from "@mimolo/protocol";
import type { Planner } from "./agents/plan/planner.ts";
import {
  type ConfigNotice,
  explainPlugin,
  type KnownPlugin,
  type LoadedConfig,
  OVERRIDES_TITLE,
  pluginIdOf,
  type RuntimeOverrides,
  withOverrides,
} from "./config/index.ts";
import { configuredAgent } from "./config/loaded-config.ts";
import { type PluginNeeds, pluginRunBy, withNeeded } from "./plugins/dependencies/index.ts";
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
    return this.#planner.known(written, [...loads, ...asked, ...idsIn(written, overrides)], overrides);
  }

  /** With what is kept, but nothing of this run and nothing that is there for others. */
  kept(written: LoadedConfig, overrides = this.#overlay.overrides): LoadedConfig {
    return withOverrides(written, this.#usable(written, overrides).usable, this.settingsKnown(written));
  }

  /** Every plugin that is here, as far as settings are concerned; `asked` too, where it merely lies about. */
  settingsKnown(written: LoadedConfig, asked: readonly string[] = []): readonly KnownPlugin[] {
    const kept = newAgents(written, this.#overlay.overrides).map(([label, plugin]) => {
      return [label, configuredAgent({ plugin }, { file: OVERRIDES_TITLE, folder: "" })] as const;
    });
    const plugins = { ...Object.fromEntries(kept), ...written.plugins };
    return this.#planner.settingsKnown({ ...written, plugins }, asked);
  }

  /** What agents of a plugin are given, with sources; of one that nothing runs, what an agent would be given that is loaded. Throws
   *  `CollectorError` as `explainPlugin` does. */
  explained({ written, config }: Omit<Planned, "plans">, id: string, label?: string): PluginConfigReport {
    const known = this.settingsKnown(written, [id]);
    const isRun = Object.entries(config.plugins).some(([each, agent]) => pluginIdOf(each, agent, known) === id);
    if (isRun) return explainPlugin(config, id, known, label);
    const { overrides, loads, unloads } = this.#overlay;
    const loaded = new ConfigInEffect(this.#planner, overrides);
    loaded.use({ overrides, loads: [...loads, id], unloads: unloads.filter((each) => each !== id) });
    return explainPlugin(loaded.of(written), id, known, label);
  }

  of(written: LoadedConfig): LoadedConfig {
    const { overrides, loads, unloads } = this.#overlay;
    const { usable, notices } = this.#usable(written, overrides);
    const known = this.known(written);
    const wanted = withoutUnloaded(this.kept(written), unloads, known);
    const needed = withNeeded(wanted, { known, loads, overrides });
    // What was changed for a plugin holds for agents that are there for others, too, and is held to its schema there.
    const config = withOverrides(needed, usable, this.settingsKnown(written));
    return withoutUnloaded({ ...config, notices: [...config.notices, ...notices] }, unloads, known);
  }

  /** Without agents that were kept for plugins that are gone: a collector starts without them, and tells. */
  #usable(
    written: LoadedConfig,
    overrides: RuntimeOverrides,
  ): { readonly usable: RuntimeOverrides; readonly notices: readonly ConfigNotice[] } {
    const added = newAgents(written, overrides);
    if (added.length === 0) return { usable: overrides, notices: [] };
    const known = this.known(written, idsIn(written, overrides));
    const here = new Set(known.map(({ id }) => id));
    const gone = added.filter(([label, plugin]) => !here.has(pluginRunBy(label, { plugin }, known)));
    const labels = new Set(gone.map(([label]) => label));
    const agents = Object.entries(overrides.agents ?? {}).filter(([label]) => !labels.has(label));
    return { usable: { ...overrides, agents: Object.fromEntries(agents) }, notices: gone.map(goneNotice) };
  }

  /** What it means here. Throws `CollectorError` when a program or plugin does not exist. */
  planned(written: LoadedConfig): Planned {
    const config = this.of(written);
    return { written, config, plans: this.#planner.plan(config) };
  }
}

type KeptAgent = readonly [label: string, plugin: string];

/** Agents that only what is kept knows, and the plugins they are there for. */
function newAgents({ plugins }: LoadedConfig, { agents = {} }: RuntimeOverrides): KeptAgent[] {
  return Object.entries(agents).flatMap(([label, { plugin, executable }]) => {
    const isOne = typeof plugin === "string" && executable === undefined && plugins[label] === undefined;
    return isOne ? [[label, plugin] as const] : [];
  });
}

function idsIn(written: LoadedConfig, overrides: RuntimeOverrides): string[] {
  return newAgents(written, overrides).map(([, plugin]) => plugin);
}

function goneNotice([label, plugin]: KeptAgent): ConfigNotice {
  const key = `agents.${label}`;
  const message = `${OVERRIDES_TITLE}: ${key} is left out: there is no plugin ${plugin} here; to forget it: mimolo plugin disable ${plugin}`;
  return { message, file: OVERRIDES_TITLE, key };
}

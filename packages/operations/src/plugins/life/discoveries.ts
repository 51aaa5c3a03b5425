import type { RegisterReport } from "@mimolo/protocol";
import type { Clock } from "@mimolo/supervisor";
import { callHook, type HookTrouble, type PluginHooks } from "./hooks.ts";

interface Telling {
  readonly clock: Clock;
  trouble(what: HookTrouble): void;
}

/** `undefined` for an embedder that does not want to hear. */
export function discoveriesOf(hooks: PluginHooks | undefined, to: Telling): Discoveries | undefined {
  return hooks?.onDiscover === undefined ? undefined : new Discoveries(hooks, to);
}

/** Tells an embedder of every plugin that is here, once per version. */
export class Discoveries {
  readonly #hooks: PluginHooks;
  readonly #to: Telling;
  readonly #told = new Set<string>();

  constructor(hooks: PluginHooks, to: Telling) {
    this.#hooks = hooks;
    this.#to = to;
  }

  /** Resolves when what was said to those that were not known before has settled, or after 5 s. */
  async tell({ plugins }: Pick<RegisterReport, "plugins">): Promise<void> {
    const calls: Promise<void>[] = [];
    for (const { plugin_id: pluginId, version } of plugins) {
      const which = `${pluginId} ${version}`;
      if (this.#told.has(which)) continue;
      this.#told.add(which);
      const call = callHook(this.#hooks, "discover", { pluginId, version }, this.#to);
      if (call !== null) calls.push(call);
    }
    await Promise.all(calls);
  }
}

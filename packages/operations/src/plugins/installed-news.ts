import type { Emitter } from "../emitter.ts";
import type { CollectorEvents } from "../events.ts";

interface Installed {
  readonly pluginId: string;
  readonly version: string;
  readonly digest: string;
}

/** Tells `plugin:installed` for each package that is there and was not when it was looked at last. */
export class InstalledNews {
  readonly #events: Pick<Emitter<CollectorEvents>, "emit">;
  #seen: ReadonlyMap<string, string>;

  constructor(events: Pick<Emitter<CollectorEvents>, "emit">, installed: readonly Installed[]) {
    this.#events = events;
    this.#seen = digests(installed);
  }

  look(installed: readonly Installed[]): void {
    const before = this.#seen;
    this.#seen = digests(installed);
    for (const { pluginId, version, digest } of installed) {
      const earlier = before.get(pluginId);
      if (earlier === digest) continue;
      const status = earlier === undefined ? "installed" : "replaced";
      this.#events.emit("plugin:installed", { plugin_id: pluginId, version, status });
    }
  }
}

function digests(installed: readonly Installed[]): ReadonlyMap<string, string> {
  return new Map(installed.map(({ pluginId, digest }) => [pluginId, digest]));
}

import satisfies from "semver/functions/satisfies.js";
import type { DependencyCode, PluginNeeds } from "./plugin-needs.ts";

/** What one plugin wants of another. */
export interface Need {
  readonly id: string;
  readonly range: string;
}

/** Plugins and what they need, by id. */
export class Graph {
  readonly #plugins = new Map<string, PluginNeeds>();
  readonly #needs = new Map<string, readonly Need[]>();

  constructor(known: readonly PluginNeeds[]) {
    for (const plugin of known) {
      if (this.#plugins.has(plugin.id)) continue;
      this.#plugins.set(plugin.id, plugin);
      this.#needs.set(
        plugin.id,
        Object.entries(plugin.dependencies).map(([id, range]) => ({ id, range })),
      );
    }
  }

  has(id: string): boolean {
    return this.#plugins.has(id);
  }

  get(id: string): PluginNeeds | undefined {
    return this.#plugins.get(id);
  }

  needs(id: string): readonly Need[] {
    return this.#needs.get(id) ?? [];
  }

  /** The ids of those needs that are here, of whatever version. */
  reachableNeeds(id: string): readonly string[] {
    return this.needs(id)
      .map((need) => need.id)
      .filter((need) => this.has(need));
  }

  /** What keeps a plugin from running whatever it needs itself. */
  refusal(id: string): Exclude<DependencyCode, "conflict" | "cycle"> | null {
    const plugin = this.#plugins.get(id);
    if (plugin === undefined) return "missing";
    if (plugin.disabled === true) return "disabled";
    return plugin.unusable === undefined ? null : "unusable";
  }

  /** Whether what is here of it would do, by its version. */
  fits({ id, range }: Need): boolean {
    const plugin = this.#plugins.get(id);
    return plugin !== undefined && satisfies(plugin.version, range);
  }

  /** Why a need is not met by what is here, leaving aside what that needs itself. */
  fault(need: Need): Exclude<DependencyCode, "cycle"> | null {
    const refusal = this.refusal(need.id);
    if (refusal === "missing") return "missing";
    return this.fits(need) ? refusal : "conflict";
  }
}

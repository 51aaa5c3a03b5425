import { componentsOf } from "./components.ts";
import { faultsOf } from "./faults.ts";
import { Graph } from "./graph.ts";
import type { DependencyFault, PluginNeeds } from "./plugin-needs.ts";

export interface Resolution {
  /** The wanted plugins that can run and all they need, each after what it needs, otherwise in the order of `wanted`. */
  readonly order: readonly string[];
  /** Why each other wanted plugin cannot run: every cause once, by the shortest path. */
  readonly faults: readonly DependencyFault[];
}

/** Finds out what has to run for `wanted` to run. Of several plugins of one id in `known` the first counts. Pure; never throws. */
export function resolveDependencies(known: readonly PluginNeeds[], wanted: readonly string[]): Resolution {
  const graph = new Graph(known);
  const ids = [...new Set(wanted)];
  const components = componentsOf(
    ids.filter((id) => graph.has(id)),
    (id) => graph.reachableNeeds(id),
  );
  const runs = new Set<string>();
  for (const group of components.order) {
    const [id = ""] = group;
    const alone = group.length === 1 && !graph.needs(id).some((need) => need.id === id);
    if (alone && graph.refusal(id) === null && graph.needs(id).every((need) => graph.fits(need) && runs.has(need.id))) {
      runs.add(id);
    }
  }
  const [able, unable] = [ids.filter((id) => runs.has(id)), ids.filter((id) => !runs.has(id))];
  const { order } = componentsOf(able, (id) => graph.needs(id).map((need) => need.id));
  return { order: order.flat(), faults: unable.flatMap((id) => faultsOf(id, graph, components)) };
}

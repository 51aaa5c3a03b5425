import type { Offer } from "@mimolo/trust/registry";
import satisfies from "semver/functions/satisfies.js";
import { breaksRange, type DependencyFault, type PluginNeeds, resolveDependencies } from "../dependencies/index.ts";
import type { VersionSearch } from "./choose-versions.ts";

type Situation = Pick<VersionSearch, "rootId" | "candidates" | "here" | "look"> & {
  readonly passed: ReadonlyMap<Offer, string>;
};

/** Why no choice of versions holds: what stands in the way of the one that comes first to mind, by the path to it. */
export async function explainNoChoice(around: Situation): Promise<readonly [DependencyFault, ...DependencyFault[]]> {
  const { rootId, here } = around;
  const chosen = new Map<string, PluginNeeds>();
  const open = new Map<string, string | null>([[rootId, null]]);
  for (const [id, range] of open) {
    const plugin = await firstThatComesToMind(around, id, range);
    if (plugin === null) continue;
    chosen.set(id, plugin);
    for (const [need, wanted] of Object.entries(plugin.dependencies)) if (!open.has(need)) open.set(need, wanted);
  }
  const others = [...here.values()].filter(({ id }) => !chosen.has(id));
  const { faults } = resolveDependencies([...chosen.values(), ...others], [rootId]);
  const broken = [...chosen.values()].flatMap((plugin) => {
    const replaces = here.get(plugin.id);
    return replaces === undefined || replaces.version === plugin.version ? [] : (breaksRange(others, plugin) ?? []);
  });
  const [first, ...more] = [...faults, ...broken];
  if (first !== undefined) return [first, ...more];
  const message = `${rootId}: no versions of what it needs that are offered fit each other and what is here`;
  return [{ id: rootId, code: "conflict", path: [rootId], message }];
}

/** What is here if it will do, else the newest sound offer in the range, else what there is. */
async function firstThatComesToMind(
  { rootId, candidates, here, look, passed }: Situation,
  id: string,
  range: string | null,
): Promise<PluginNeeds | null> {
  const fits = (version: string) => range === null || satisfies(version, range);
  const all = candidates(id);
  const own = here.get(id);
  const sorted = [...all.filter((one) => fits(one?.version ?? own?.version ?? "")), ...all];
  let unusable: PluginNeeds | null = null;
  for (const offer of sorted) {
    if (offer === null) {
      if (own !== undefined) return own;
      continue;
    }
    const facts = await look.at(offer);
    if (facts.ok) return { id, version: offer.version, dependencies: facts.manifest.dependencies };
    const reason = passed.get(offer) ?? facts.reason;
    unusable ??= { id, version: offer.version, dependencies: {}, unusable: reason };
  }
  return unusable ?? (id === rootId ? null : (own ?? null));
}

import satisfies from "semver/functions/satisfies.js";
import { breaksRange, type DependencyFault, type PluginNeeds, resolveDependencies } from "../dependencies/index.ts";
import { shownPath } from "../dependencies/faults.ts";
import type { VersionSearch } from "./choose-versions.ts";
import { suitedNow } from "./suited-now.ts";

type Situation = Pick<VersionSearch, "rootId" | "candidates" | "here" | "look">;

/** Nobody reads an explanation that goes further. */
const MAX_PLUGINS = 200;

/** Why no choice of versions holds: what stands in the way of the one that comes first to mind, by the path to it. */
export async function explainNoChoice(around: Situation): Promise<readonly [DependencyFault, ...DependencyFault[]]> {
  const { rootId, here } = around;
  const chosen = new Map<string, PluginNeeds>();
  const open = new Map<string, string | null>([[rootId, null]]);
  for (const [id, range] of open) {
    const plugin = chosen.size < MAX_PLUGINS ? await firstThatComesToMind(around, id, range) : null;
    if (plugin === null) continue;
    chosen.set(id, plugin);
    for (const [need, wanted] of Object.entries(plugin.dependencies)) if (!open.has(need)) open.set(need, wanted);
  }
  const others = [...here.values()].filter(({ id }) => !chosen.has(id));
  const { faults } = resolveDependencies([...chosen.values(), ...others], [rootId]);
  const broken = [...chosen.values()].flatMap((plugin) => {
    return breaksRange(suitedNow(others, here.get(plugin.id)), plugin) ?? [];
  });
  const [first, ...more] = [...faults.map((fault) => asOffered(fault, here)), ...broken];
  if (first !== undefined) return [first, ...more];
  const message = `${rootId}: no versions of what it needs that are offered fit each other and what is here`;
  return [{ id: rootId, code: "conflict", path: [rootId], message }];
}

/** What is here if it will do, else the newest sound offer in the range, else what there is. */
async function firstThatComesToMind(
  { rootId, candidates, here, look }: Situation,
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
    const why = `${offer.version}${facts.damaged ? ":" : ""} ${facts.reason}`;
    unusable ??= { id, version: offer.version, dependencies: {}, unusable: why };
  }
  return unusable ?? (id === rootId ? null : (own ?? null));
}

/** The same, said of what is offered. */
function asOffered(fault: DependencyFault, here: ReadonlyMap<string, PluginNeeds>): DependencyFault {
  const { code, path, range, found } = fault;
  const last = path.at(-1) ?? "";
  if (range === undefined) return fault;
  const wanted = `${shownPath(path)}: ${last} ${range} is needed`;
  if (code === "missing") return { ...fault, message: `${wanted}, and is neither here nor offered` };
  if (code !== "conflict" || here.get(last)?.version === found) return fault;
  return { ...fault, message: `${wanted}, and ${found ?? "another version"} is what is offered` };
}

import type { Offer } from "@mimolo/trust/registry";
import fc from "fast-check";
import satisfies from "semver/functions/satisfies.js";
import { expect, test } from "vitest";
import type { PluginNeeds } from "../../../src/plugins/dependencies/index.ts";
import type { OfferFacts } from "../../../src/plugins/registry/offer-facts.ts";
import { type Plan, planOf } from "../../../src/plugins/registry/plan.ts";
import { candidatesFor, hereOf } from "../../../src/plugins/registry/plan-install.ts";

const IDS = ["a.a", "a.b", "a.c", "a.d"] as const;
const ROOT = "a.a";

const range = fc.constantFrom("*", "^1", "^2", "1.0.0", ">=1.1", "<2", "^3");
const needs = fc.dictionary(fc.constantFrom(...IDS), range, { maxKeys: 2 });
const plugin = fc.record({
  id: fc.constantFrom(...IDS),
  version: fc.constantFrom("1.0.0", "1.1.0", "2.0.0"),
  dependencies: needs,
});
const distinct = (by: (one: PluginNeeds) => string) => ({ selector: by, maxLength: 8 });
const world = fc.record({
  offered: fc.uniqueArray(
    plugin,
    distinct(({ id, version }) => `${id} ${version}`),
  ),
  known: fc.uniqueArray(
    plugin,
    distinct(({ id }) => id),
  ),
  unfit: fc.array(fc.nat(7), { maxLength: 2 }),
});
interface World {
  readonly offered: readonly PluginNeeds[];
  readonly known: readonly PluginNeeds[];
  readonly unfit: readonly number[];
}

async function planIn({ offered, known, unfit }: World): Promise<Plan> {
  const offers = offered.map(({ id, version }) => ({ pluginId: id, version }) as Offer);
  const here = hereOf(known);
  const seen = new Set<Offer>();
  const look = {
    get count() {
      return seen.size;
    },
    at: async (offer: Offer): Promise<OfferFacts> => {
      seen.add(offer);
      const at = offers.indexOf(offer);
      if (unfit.includes(at)) return { ok: false, damaged: false, reason: "not for this machine" };
      const manifest = offered[at] as PluginNeeds & Extract<OfferFacts, { ok: true }>["manifest"];
      return { ok: true, path: "", manifest };
    },
  };
  const needed = candidatesFor(offers, here, []);
  const own = offers.filter(({ pluginId }) => pluginId === ROOT);
  const newestFirst = own.toSorted((one, other) => (one.version < other.version ? 1 : -1));
  return planOf({ rootId: ROOT, candidates: (id) => (id === ROOT ? newestFirst : needed(id)), here, look });
}

/** Every world that could be after an installation of the root, by trying all of them. */
function* worldsAfter({ offered, known, unfit }: World): Generator<ReadonlyMap<string, PluginNeeds>> {
  const usable = offered.filter((_, at) => !unfit.includes(at));
  const choices = IDS.map((id): (PluginNeeds | null)[] => {
    const own = known.find((one) => one.id === id) ?? null;
    const mine = usable.filter((one) => one.id === id);
    if (id === ROOT) return mine;
    return [own, ...mine.filter(({ version }) => own === null || version > own.version)];
  });
  const [roots = [], ...others] = choices;
  const combine = function* (left: typeof others, picked: PluginNeeds[]): Generator<PluginNeeds[]> {
    const [first, ...rest] = left;
    if (first === undefined) yield picked;
    else for (const one of first) yield* combine(rest, one === null ? picked : [...picked, one]);
  };
  for (const root of roots) {
    if (root === null) continue;
    for (const all of combine(others, [root])) yield new Map(all.map((one) => [one.id, one]));
  }
}

function isWhole(id: string, then: ReadonlyMap<string, PluginNeeds>, way: readonly string[] = []): boolean {
  const one = then.get(id);
  if (one === undefined || way.includes(id)) return false;
  return Object.entries(one.dependencies).every(([need, wanted]) => {
    return satisfies(then.get(need)?.version ?? "0.0.0-none", wanted) && isWhole(need, then, [...way, id]);
  });
}

/** Those who had what they need of each other still have it. */
function nobodyLoses(known: readonly PluginNeeds[], then: ReadonlyMap<string, PluginNeeds>): boolean {
  return known.every((one) => {
    // Another package takes its place, of the same version even.
    if (then.get(one.id) !== one) return true;
    return Object.entries(one.dependencies).every(([need, wanted]) => {
      const before = known.find(({ id }) => id === need);
      return (
        before === undefined || !satisfies(before.version, wanted) || satisfies(then.get(need)?.version ?? "", wanted)
      );
    });
  });
}

/** Nothing is changed that the root does not need. */
function isModest(known: readonly PluginNeeds[], then: ReadonlyMap<string, PluginNeeds>): boolean {
  const needed = new Set<string>([ROOT]);
  for (const id of needed) for (const need of Object.keys(then.get(id)?.dependencies ?? {})) needed.add(need);
  return [...then.values()].every(({ id, version }) => {
    return needed.has(id) || known.some((one) => one.id === id && one.version === version);
  });
}

const good = (then: ReadonlyMap<string, PluginNeeds>, { known }: World) =>
  isWhole(ROOT, then) && nobodyLoses(known, then) && isModest(known, then);

test("a plan is found exactly when there is one, with the newest root, and in an order that works", async () => {
  await fc.assert(
    fc.asyncProperty(world, async (around) => {
      const plan = await planIn(around);
      const after = [...worldsAfter(around)].filter((then) => good(then, around));
      expect(plan.ok).toBe(after.length > 0);
      if (!plan.ok) return;
      const then = new Map<string, PluginNeeds>(around.known.map((one) => [one.id, one]));
      for (const { offer, manifest, replaces } of plan.packages) {
        expect(replaces).toBe(around.known.find(({ id }) => id === offer.pluginId)?.version ?? null);
        then.set(offer.pluginId, manifest);
        // What comes in finds what it needs there already.
        for (const [need, wanted] of Object.entries(manifest.dependencies)) {
          expect(satisfies(then.get(need)?.version ?? "", wanted)).toBe(true);
        }
      }
      expect(good(then, around)).toBe(true);
      expect(plan.packages.at(-1)?.offer.pluginId).toBe(ROOT);
      const newest = after.map((one) => one.get(ROOT)?.version ?? "").toSorted();
      expect(plan.packages.at(-1)?.offer.version).toBe(newest.at(-1));
    }),
    { numRuns: 1500 },
  );
});

test("where there is no plan, what is said is so", async () => {
  await fc.assert(
    fc.asyncProperty(world, async (around) => {
      fc.pre(around.offered.some(({ id }) => id === ROOT));
      const plan = await planIn(around);
      if (plan.ok) return;
      const all = [...around.offered, ...around.known];
      for (const { code, path, range: wanted, found, message } of plan.faults) {
        expect(message).not.toBe("");
        for (const [at, id] of path.slice(1).entries()) {
          const from = all.filter((one) => one.id === path[at]);
          expect(from.some(({ dependencies }) => Object.hasOwn(dependencies, id))).toBe(true);
        }
        const last = all.filter((one) => one.id === path.at(-1));
        if (code === "missing") expect(last).toEqual([]);
        if (code === "cycle") expect(path.indexOf(path.at(-1) ?? "")).toBeLessThan(path.length - 1);
        if (code === "conflict" && wanted !== undefined && found !== undefined) {
          expect(satisfies(found, wanted)).toBe(false);
          expect(last.some(({ version }) => version === found)).toBe(true);
        }
      }
    }),
    { numRuns: 1000 },
  );
});

test("what is offered so that nobody could choose in time is given up in time", async () => {
  const versions = Array.from({ length: 30 }, (_, minor) => `1.${minor}.0`);
  const chain = Array.from({ length: 12 }, (_, at) => {
    const dependencies = at === 11 ? { "b.x0": "^9" } : { [`b.x${at + 1}`]: "*" };
    return versions.map((version) => ({ id: `b.x${at}`, version, dependencies }));
  }).flat();
  const before = process.cpuUsage();
  const plan = await planIn({
    offered: [{ id: ROOT, version: "1.0.0", dependencies: { "b.x0": "^1" } }, ...chain],
    known: [],
    unfit: [],
  });
  expect(plan.ok ? [] : plan.faults.map(({ code }) => code)).toEqual(["cycle", "conflict"]);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(5000);
});

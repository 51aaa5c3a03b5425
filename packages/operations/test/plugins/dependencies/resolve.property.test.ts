// A thousand graphs against an oracle that knows nothing of the way they are resolved: it reads ranges by arithmetic of its own and
// finds out by trying again and again what can run.
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type DependencyFault,
  dependentsOf,
  type PluginNeeds,
  resolveDependencies,
} from "../../../src/plugins/dependencies/index.ts";

const ranges: Readonly<Record<string, (major: number, minor: number) => boolean>> = {
  "*": () => true,
  "^1": (major) => major === 1,
  "2.x": (major) => major === 2,
  ">=2": (major) => major >= 2,
  "<3": (major) => major < 3,
  "~1.1": (major, minor) => major === 1 && minor === 1,
  "^1.1 || ^3": (major, minor) => (major === 1 && minor >= 1) || major === 3,
};

/** Some ids are never here, whoever needs them. */
const names = Array.from({ length: 14 }, (_, at) => `acme.p${at}`);
const GONE = 12;

/** Calm graphs mostly can run; wild ones have circles, gaps and versions that do not fit. */
const pluginOf = (id: string, at: number, wild: boolean) =>
  fc.record({
    id: fc.constant(id),
    version: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 1 })).map(([a, b]) => `${a}.${b}.0`),
    dependencies: fc
      .uniqueArray(
        fc.tuple(
          fc.constantFrom(...(wild ? names : names.slice(Math.max(at - 3, 0), Math.max(at, 1)))),
          wild ? fc.constantFrom(...Object.keys(ranges)) : fc.constantFrom("*", "*", "*", ">=2"),
        ),
        { minLength: wild ? 0 : 1, maxLength: wild ? 3 : 2, selector: ([need]) => need },
      )
      .map((needs) => Object.fromEntries(needs.filter(([need]) => wild || need !== id))),
    disabled: fc.integer({ min: 0, max: 29 }).map((dice) => dice === 17),
    broken: fc.integer({ min: 0, max: 29 }).map((dice) => dice === 17),
  });

const graph = fc
  .boolean()
  .chain((wild) => fc.tuple(...names.slice(0, GONE).map((id, at) => pluginOf(id, at, wild))))
  .chain((plugins) => fc.shuffledSubarray(plugins, { minLength: GONE - 3 }))
  .map((plugins) =>
    plugins.map(({ broken, ...plugin }) => (broken ? { ...plugin, unusable: "it is broken" } : plugin)),
  );
const wanted = fc.uniqueArray(fc.constantFrom(...names.slice(0, GONE), ...names), { minLength: 1, maxLength: 5 });

class Oracle {
  readonly #plugins: ReadonlyMap<string, PluginNeeds>;

  constructor(known: readonly PluginNeeds[]) {
    this.#plugins = new Map(known.map((plugin) => [plugin.id, plugin]));
  }

  /** Whatever can run in one more round, until no round adds any. */
  runnable(): ReadonlySet<string> {
    const runs = new Set<string>();
    for (let before = -1; before !== runs.size; ) {
      before = runs.size;
      for (const [id] of this.#plugins) {
        if (
          this.refusal(id) === null &&
          this.needs(id).every(([need, range]) => this.fits(need, range) && runs.has(need))
        )
          runs.add(id);
      }
    }
    return runs;
  }

  needs(id: string): [string, string][] {
    return Object.entries(this.#plugins.get(id)?.dependencies ?? {});
  }

  refusal(id: string): string | null {
    const plugin = this.#plugins.get(id);
    if (plugin === undefined) return "missing";
    if (plugin.disabled === true) return "disabled";
    return plugin.unusable === undefined ? null : "unusable";
  }

  fits(id: string, range: string): boolean {
    const [major = 0, minor = 0] = this.#plugins.get(id)?.version.split(".").map(Number) ?? [];
    return this.#plugins.has(id) && (ranges[range]?.(major, minor) ?? false);
  }

  /** All that can be reached over needs that pass `through`. */
  closure(roots: Iterable<string>, through: (need: string, range: string) => boolean = () => true): Set<string> {
    const met = new Set(roots);
    for (const id of met) for (const [need, range] of this.needs(id)) if (through(need, range)) met.add(need);
    return met;
  }

  /** Whether a sound way leads from `id` to a plugin that needs itself over others. */
  turns(id: string): boolean {
    const sound = (need: string, range: string) => this.fits(need, range) && this.refusal(need) === null;
    return [...this.closure([id], sound)].some((at) => this.closure(this.needs(at).map(([need]) => need)).has(at));
  }

  /** Every need that is not met on sound ways from `id`, as `from>to`. */
  gaps(id: string): string[] {
    const sound = (need: string, range: string) => this.fits(need, range) && this.refusal(need) === null;
    return [...this.closure([id], sound)].flatMap((at) =>
      this.needs(at).flatMap(([need, range]) => (sound(need, range) ? [] : [`${at}>${need}`])),
    );
  }

  /** Null when the fault is real, else what is not true about it. */
  lie({ id, path, code, range, found, message }: DependencyFault): string | null {
    if (path[0] !== id) return "the path begins elsewhere";
    for (const [at, to] of path.slice(1).entries())
      if (!this.needs(path[at] ?? "").some(([need]) => need === to)) return `${path[at]} does not need ${to}`;
    if (path.length > 1 && !message.startsWith(`${path.join(" → ")}: `)) return "the message leaves out the path";
    const last = path.at(-1) ?? "";
    if (code === "cycle") return path.indexOf(last) < path.length - 1 ? null : "no circle";
    const [, declared] = this.needs(path.at(-2) ?? "").find(([need]) => need === last) ?? [];
    if (range !== declared) return "another range";
    if (found !== this.#plugins.get(last)?.version) return "another version";
    if (code === "conflict") return this.fits(last, declared ?? "") ? "it fits" : null;
    return this.refusal(last) === code ? null : `it is not ${code}`;
  }
}

test("of a thousand graphs the order is always valid, or the explanation names every real cause", () => {
  const seen = { faulty: 0, whole: 0, long: 0, codes: new Set<string>() };
  fc.assert(
    fc.property(graph, wanted, (known, ids) => {
      const oracle = new Oracle(known);
      const runs = oracle.runnable();
      const { order, faults } = resolveDependencies(known, ids);
      expect(new Set(order)).toEqual(oracle.closure(ids.filter((id) => runs.has(id))));
      expect(new Set(order).size).toBe(order.length);
      for (const [at, id] of order.entries())
        for (const [need] of oracle.needs(id)) expect(order.indexOf(need)).toBeLessThan(at);
      expect(new Set(faults.map(({ id }) => id))).toEqual(new Set(ids.filter((id) => !runs.has(id))));
      for (const fault of faults) expect(oracle.lie(fault)).toBe(null);
      for (const id of ids.filter((each) => !runs.has(each) && oracle.refusal(each) === null)) {
        const told = faults.filter((fault) => fault.id === id && fault.code !== "cycle");
        expect(faults.some((fault) => fault.id === id && fault.code === "cycle")).toBe(oracle.turns(id));
        expect(told.map(({ path }) => path.slice(-2).join(">")).toSorted()).toEqual(oracle.gaps(id).toSorted());
      }
      for (const { code } of faults) seen.codes.add(code);
      if (faults.length === 0) seen.whole += 1;
      else seen.faulty += 1;
      if (order.length > 4) seen.long += 1;
    }),
    { numRuns: 1_000 },
  );
  // What was generated is worth the name.
  expect(seen.codes).toEqual(new Set(["missing", "conflict", "cycle", "disabled", "unusable"]));
  expect(Math.min(seen.faulty, seen.whole, seen.long)).toBeGreaterThan(30);
});

test("whoever needs a plugin is named, and nobody else", () => {
  fc.assert(
    fc.property(graph, fc.constantFrom(...names), (known, id) => {
      const oracle = new Oracle(known);
      const needing = known.filter((plugin) => plugin.id !== id && oracle.closure([plugin.id]).has(id));
      expect(new Set(dependentsOf(known, id))).toEqual(new Set(needing.map((plugin) => plugin.id)));
    }),
    { numRuns: 300 },
  );
});

test("the order of the plugins that are known changes nothing", () => {
  fc.assert(
    fc.property(graph, wanted, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (known, ids, dice) => {
      const shuffled = known
        .map((plugin) => ({ plugin, at: dice.next().value ?? 0 }))
        .toSorted((one, other) => one.at - other.at)
        .map(({ plugin }) => plugin);
      expect(resolveDependencies(shuffled, ids)).toEqual(resolveDependencies(known, ids));
    }),
    { numRuns: 200 },
  );
});

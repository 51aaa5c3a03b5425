import fc from "fast-check";
import { expect, test } from "vitest";
import { RareMap, RareSet } from "../src/rarely-filled.ts";

const key = fc.constantFrom("a", "b", "c");
const step = fc.oneof(
  fc.record({ do: fc.constant("set" as const), key, value: fc.nat(9) }),
  fc.record({ do: fc.constant("delete" as const), key }),
  fc.record({ do: fc.constant("clear" as const) }),
);

test("whatever is done to a rare map, it holds what a map holds", () => {
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const rare = new RareMap<string, number>();
      const map = new Map<string, number>();
      for (const each of steps) {
        if (each.do === "set") {
          rare.set(each.key, each.value);
          map.set(each.key, each.value);
        } else if (each.do === "delete") expect(rare.delete(each.key)).toBe(map.delete(each.key));
        else {
          rare.clear();
          map.clear();
        }
        expect([...rare]).toEqual([...map]);
        expect([...rare.values()]).toEqual([...map.values()]);
        expect(rare.size).toBe(map.size);
        for (const name of ["a", "b", "c"])
          expect([rare.has(name), rare.get(name)]).toEqual([map.has(name), map.get(name)]);
      }
    }),
    { numRuns: 200 },
  );
});

test("whatever is done to a rare set, it holds what a set holds", () => {
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const rare = new RareSet<string>();
      const set = new Set<string>();
      for (const each of steps) {
        if (each.do === "set") {
          rare.add(each.key);
          set.add(each.key);
        } else if (each.do === "delete") expect(rare.delete(each.key)).toBe(set.delete(each.key));
        else {
          rare.clear();
          set.clear();
        }
        expect([...rare]).toEqual([...set]);
        expect([rare.size, rare.has("a")]).toEqual([set.size, set.has("a")]);
      }
    }),
    { numRuns: 200 },
  );
});

test("what is cleared while somebody walks through it has no more to show", () => {
  const map = new RareMap<string, number>();
  const set = new RareSet<string>();
  for (const name of ["a", "b"]) {
    map.set(name, 1);
    set.add(name);
  }
  const seen: unknown[] = [];
  for (const entry of map) {
    seen.push(entry);
    map.clear();
  }
  for (const value of set) {
    seen.push(value);
    set.clear();
  }
  expect(seen).toEqual([["a", 1], "a"]);
});

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { KnownFiles } from "../../src/folder-activity/known-files.ts";
import type { Stamp } from "../../src/folder-activity/stamp.ts";

const stamp = fc.record({ inode: fc.double(), bornMs: fc.double(), mtimeMs: fc.double(), size: fc.nat() });
const step = fc.oneof(
  fc.record({ do: fc.constant("set" as const), name: fc.constantFrom("a", "b", "c", "d", "e"), stamp }),
  fc.record({ do: fc.constant("delete" as const), name: fc.constantFrom("a", "b", "c", "d", "e") }),
  fc.record({ do: fc.constant("clear" as const) }),
);

test("packed files are remembered as a map would", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const files = new KnownFiles();
      const oracle = new Map<string, Stamp>();
      for (const each of steps) {
        if (each.do === "set") files.set(each.name, each.stamp);
        if (each.do === "set") oracle.set(each.name, each.stamp);
        if (each.do === "delete") files.delete(each.name);
        if (each.do === "delete") oracle.delete(each.name);
        if (each.do === "clear") files.clear();
        if (each.do === "clear") oracle.clear();
        expect(files.size).toBe(oracle.size);
      }
      expect(new Map(files)).toEqual(oracle);
      expect([...files.names()].toSorted()).toEqual([...oracle.keys()].toSorted());
      for (const name of ["a", "e"]) expect(files.get(name)).toEqual(oracle.get(name) ?? null);
    }),
    { numRuns: 300 },
  );
});

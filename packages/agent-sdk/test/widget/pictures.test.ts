import { WIDGET_CLASSES, type WidgetElement, type WidgetNode, WidgetTree } from "@mimolo/protocol";
import fc from "fast-check";
import { expect, test } from "vitest";
import { meter, sparkline } from "../../src/index.ts";

test("a bar is as full as its ratio, in steps of five percent, and never looks empty when it is not", () => {
  const stepOf = (ratio: number) => classesIn(meter(ratio, "x")).at(-1);
  expect([0, 0.001, 0.42, 0.5, 1, 7, -1, Number.NaN].map(stepOf)).toEqual(
    [0, 1, 8, 10, 20, 20, 0, 0].map((step) => `mml-bar-${step}`),
  );
  expect(classesIn(meter(0.9, "x", "mml-warn"))).toContain("mml-warn");
});

test("columns are as high as their share of the highest", () => {
  expect(classesIn(sparkline([0, 5, 10], "x"))).toEqual([
    "mml-sparkline",
    "mml-sparkline-0",
    "mml-sparkline-5",
    "mml-sparkline-10",
  ]);
  expect(classesIn(sparkline([50], "x", 100)).at(-1)).toBe("mml-sparkline-5");
});

test("whatever the figures, every class is one that pages define", () => {
  const known = new Set<string>(WIDGET_CLASSES);
  fc.assert(
    fc.property(fc.array(fc.double(), { maxLength: 20 }), fc.double(), (values, ratio) => {
      for (const tree of [sparkline(values, "x"), meter(ratio, "y")]) {
        expect(WidgetTree.safeParse(tree).success).toBe(true);
        for (const name of classesIn(tree)) expect(known.has(name)).toBe(true);
      }
    }),
    { numRuns: 200 },
  );
});

function classesIn(node: WidgetNode): string[] {
  if (typeof node === "string") return [];
  const { attributes, children = [] }: WidgetElement = node;
  const own = String(attributes?.["class"] ?? "").split(" ");
  return [...own, ...children.flatMap(classesIn)].filter((name) => name !== "");
}

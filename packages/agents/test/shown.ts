import { WIDGET_CLASSES, type WidgetNode, WidgetTree } from "@mimolo/protocol";
import { expect } from "vitest";

const known: ReadonlySet<string> = new Set(WIDGET_CLASSES);

/** The texts of a widget in order, each element's in a line; fails for a tree or a class that no page would show. */
export function shownBy(tree: unknown): string {
  const read = WidgetTree.parse(tree);
  return (Array.isArray(read) ? read : [read]).map(textOf).join("\n");
}

function textOf(node: WidgetNode): string {
  if (typeof node === "string") return node;
  const classes = String(node.attributes?.["class"] ?? "").split(" ");
  expect(classes.filter((name) => name !== "" && !known.has(name))).toEqual([]);
  const inside = (node.children ?? []).map(textOf);
  return node.tag === "p" || node.tag === "li" || classes.includes("mml-row") ? inside.join("") : inside.join("\n");
}
